-- +goose Up

-- Which videos people have watched and where they stopped. Resume positions change every few seconds and matter to one person
-- only, so they are no events (see docs/architecture.md).
create table watch_history (
    user_id    uuid        not null,
    video_id   uuid        not null,
    seconds    integer     not null,
    watched_at timestamptz not null default now(),
    primary key (user_id, video_id)
);
create index watch_history_latest on watch_history (user_id, watched_at desc);
create index watch_history_oldest on watch_history (watched_at);

-- +goose Down
drop table watch_history;
