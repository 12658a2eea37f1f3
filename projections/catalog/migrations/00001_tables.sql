-- +goose Up

-- Instants are those at which the log recorded the event (recorded_at), so a rebuild shows the same.

create table users (
    id          uuid primary key,
    number      bigint      not null, -- PeerTube's integer id
    username    text        not null,
    email       text        not null, -- '[redacted]' once the person's key is gone
    role        smallint    not null,
    quota       bigint      not null, -- bytes, -1 for none
    quota_daily bigint      not null,
    account_id  uuid        not null,
    email_verified boolean,             -- null where nobody has asked
    admin_flags integer     not null,   -- PeerTube's bits
    auth_plugin text,                   -- null for a password
    settings    jsonb       not null,   -- user.Settings
    blocked     boolean     not null,
    blocked_reason text,
    created_at  timestamptz not null
);

create table accounts (
    id           uuid primary key,
    number       bigint      not null,
    actor_number bigint      not null,
    user_id      uuid,                 -- null for the instance's own account
    name         text        not null,
    display_name text        not null,
    description  text,
    avatars      jsonb       not null, -- actor.Image, the largest first
    public_key   text        not null, -- PEM
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    revision     bigint      not null
);

create table channels (
    id           uuid primary key,
    number       bigint      not null,
    actor_number bigint      not null,
    account_id   uuid        not null,
    owner_id     uuid        not null,
    handle       text        not null,
    display_name text        not null,
    description  text,
    support      text,
    avatars      jsonb       not null, -- actor.Image, the largest first
    banners      jsonb       not null,
    public_key   text        not null, -- PEM
    created_at   timestamptz not null,
    updated_at   timestamptz not null, -- PeerTube moves it with every new video
    revision     bigint      not null, -- of what lists show
    touched      bigint      not null  -- of everything, updated_at included
);

create table videos (
    id                      uuid primary key,
    number                  bigint           not null,
    channel_id              uuid             not null,
    account_id              uuid             not null,
    owner_id                uuid             not null,
    name                    text             not null,
    search_text             text             not null, -- the name in lower case without accents
    category                integer,
    licence                 integer,
    language                text,
    privacy                 smallint         not null,
    description             text,
    support                 text,
    nsfw                    boolean          not null,
    nsfw_flags              integer          not null, -- PeerTube's bits
    nsfw_summary            text,
    tags                    text[]           not null,
    tag_keys                text[]           not null, -- the tags in lower case: PeerTube compares them so
    comments_policy         smallint         not null,
    download_enabled        boolean          not null,
    wait_transcoding        boolean          not null,
    originally_published_at timestamptz,
    scheduled_at            timestamptz,               -- when the author wants it changed, null for never
    scheduled_privacy       smallint         not null, -- its privacy from then on, 0 for none
    state                   smallint         not null,
    failure                 text             not null, -- why transcoding gave up, or ''
    private_files           boolean          not null, -- where the files lie; follows the privacy once they were moved
    seconds                 integer          not null,
    aspect_ratio            double precision not null,
    thumbnail               text             not null, -- file names, or ''
    preview                 text             not null,
    created_at              timestamptz      not null,
    updated_at              timestamptz      not null,
    published_at            timestamptz      not null,
    source_replaced_at      timestamptz,
    revision                bigint           not null
);

-- The uploaded file as it came, whatever renditions have taken its place.
create table video_sources (
    video_id   uuid primary key,
    file_name  text        not null, -- on the author's machine
    bytes      bigint      not null,
    resolution integer     not null,
    width      integer     not null,
    height     integer     not null,
    fps        integer     not null,
    kept_name  text        not null, -- in the folder of originals, or ''
    probe      jsonb       not null, -- what ffprobe found in it
    created_at timestamptz not null
);

create table video_files (
    video_id      uuid    not null,
    file_name     text    not null,
    number        bigint  not null,
    kind          text    not null, -- web or hls
    resolution    integer not null,
    width         integer not null,
    height        integer not null,
    fps           integer not null,
    bytes         bigint  not null,
    playlist_name text    not null, -- media playlist of an hls rendition, or ''
    has_video     boolean not null,
    has_audio     boolean not null,
    video_codec   text    not null,
    audio_codec   text    not null,
    torrent_name  text    not null, -- or ''
    info_hash     text    not null, -- what its swarm is known by, in hexadecimal, or ''
    primary key (video_id, file_name)
);

create table video_playlists (
    video_id    uuid primary key,
    number      bigint not null,
    master_name text   not null,
    hashes_name text   not null,
    media       text[] not null -- files that the master lists, lowest resolution first
);

-- Narrow on purpose: views change often and every change of an indexed column writes all indexes. Privacy, state and
-- publication are repeated so that "most viewed" is a walk along one index.
create table video_counters (
    video_id     uuid primary key,
    number       bigint           not null,
    privacy      smallint         not null,
    state        smallint         not null,
    published_at timestamptz      not null,
    views        bigint           not null,
    likes        bigint           not null,
    dislikes     bigint           not null,
    comments     bigint           not null,
    hot          double precision not null
);

-- Views by day, for "trending": days since 1970-01-01 UTC.
create table video_views (
    video_id uuid    not null,
    day      integer not null,
    views    bigint  not null,
    primary key (video_id, day)
);

-- What a user has stored, and each reservation for the rolling day of the daily quota.
create table storage (
    user_id uuid primary key,
    bytes   bigint not null
);

create table storage_reservations (
    position    bigint primary key,
    user_id     uuid        not null,
    reserved_at timestamptz not null,
    bytes       bigint      not null,
    reserved_for text       not null -- a video's id
);

create index storage_reservations_for on storage_reservations (reserved_for);

-- The position of the last event that can change how many rows a list has: totals are kept until it moves.
create table marks (
    name     text primary key,
    position bigint not null
);

-- +goose Down
drop table marks;
drop table storage_reservations;
drop table storage;
drop table video_views;
drop table video_counters;
drop table video_playlists;
drop table video_files;
drop table video_sources;
drop table videos;
drop table channels;
drop table accounts;
drop table users;
