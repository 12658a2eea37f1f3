-- +goose Up

create index users_by_number on users (number);
create index users_by_username on users (username);
create index users_by_email on users (lower(email));
create index accounts_by_name on accounts (name);
create index accounts_by_number on accounts (number);
create index accounts_by_user on accounts (user_id);
create index channels_by_handle on channels (handle);
create index channels_by_number on channels (number);
create index channels_by_account on channels (account_id, created_at);

create index videos_by_number on videos (number);

-- What everybody may see, along each order of PeerTube's lists. The number breaks ties upwards, as PeerTube does.
create index videos_public_by_published on videos (published_at desc, number) where privacy = 1 and state = 1;
create index videos_public_by_created on videos (created_at desc, number) where privacy = 1 and state = 1;
create index videos_public_by_updated on videos (updated_at desc, number) where privacy = 1 and state = 1;
create index videos_public_by_name on videos (name, number) where privacy = 1 and state = 1;
create index videos_public_by_seconds on videos (seconds desc, number) where privacy = 1 and state = 1;
create index videos_public_by_original on videos (coalesce(originally_published_at, published_at) desc, number)
    where privacy = 1 and state = 1;
create index videos_public_by_category on videos (category, published_at desc, number) where privacy = 1 and state = 1;
create index videos_public_by_language on videos (language, published_at desc, number) where privacy = 1 and state = 1;
create index videos_public_of_channel on videos (channel_id, published_at desc, number) where privacy = 1 and state = 1;
create index videos_public_of_account on videos (account_id, published_at desc, number) where privacy = 1 and state = 1;

-- Those of people who are logged in, of owners and of administrators.
create index videos_by_published on videos (published_at desc, number);
create index videos_by_created on videos (created_at desc, number);
create index videos_of_owner_by_published on videos (owner_id, published_at desc, number);
create index videos_of_owner_by_created on videos (owner_id, created_at desc, number);
create index videos_of_channel on videos (channel_id, created_at desc, number);

create index videos_by_tag on videos using gin (tag_keys);

create index video_files_by_name on video_files (file_name);
create index video_files_by_number on video_files (number);
create index video_files_by_torrent on video_files (torrent_name) where torrent_name <> '';

create index counters_public_by_views on video_counters (views desc, number) where privacy = 1 and state = 1;
create index counters_public_by_likes on video_counters (likes desc, number) where privacy = 1 and state = 1;
create index counters_public_by_comments on video_counters (comments desc, number) where privacy = 1 and state = 1;
create index counters_public_by_hot on video_counters (hot desc, number) where privacy = 1 and state = 1;

create index video_views_by_day on video_views (day);
create index video_ratings_of_account on video_ratings (account_id, rated_at desc);
create index storage_reservations_of_user on storage_reservations (user_id, reserved_at);

-- Search by parts of names wants trigrams. The extension is PostgreSQL's own but may be missing or not allowed; then search
-- reads all names. Its operator class is not on the search path of a build, so it is named with its schema.
-- +goose StatementBegin
do $$
declare
    home text;
begin
    begin
        create extension if not exists pg_trgm with schema public;
    exception
        when undefined_file or feature_not_supported or insufficient_privilege or unique_violation or invalid_schema_name
            then raise notice 'without pg_trgm: %', sqlerrm;
    end;
    select n.nspname into home
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
    if home is not null then
        execute format('create index videos_by_search_text on videos using gin (search_text %I.gin_trgm_ops)', home);
    end if;
end
$$;
-- +goose StatementEnd

-- +goose Down
drop index if exists videos_by_search_text;
drop index video_ratings_of_account, storage_reservations_of_user, video_views_by_day,
    counters_public_by_hot, counters_public_by_comments, counters_public_by_likes, counters_public_by_views,
    video_files_by_torrent, video_files_by_number, video_files_by_name, videos_by_tag, videos_of_channel, videos_of_owner_by_created,
    videos_of_owner_by_published, videos_by_created, videos_by_published, videos_public_of_account, videos_public_of_channel,
    videos_public_by_language, videos_public_by_category, videos_public_by_original, videos_public_by_seconds,
    videos_public_by_name, videos_public_by_updated, videos_public_by_created, videos_public_by_published, videos_by_number,
    channels_by_account, channels_by_number, channels_by_handle, accounts_by_user, accounts_by_number, accounts_by_name,
    users_by_email, users_by_username, users_by_number;
