-- +goose Up

create table jobs (
    id            uuid primary key,
    number        bigint      not null, -- the integer that job lists show
    position      bigint      not null, -- of the request: what was asked for first is done first
    video_id      uuid        not null,
    owner_id      uuid        not null,
    type          text        not null, -- PeerTube's runner job type
    resolution    integer     not null,
    fps           integer     not null,
    file_name     text        not null,
    playlist_name text        not null,
    quick_copy    boolean     not null,
    copy_codecs   boolean     not null,
    optimises     boolean     not null,
    parent        uuid,
    state         smallint    not null, -- PeerTube's RunnerJobState
    worker        text        not null, -- '' while nobody works on it
    fence         integer     not null,
    attempts      integer     not null, -- that failed
    max_attempts  integer     not null,
    message       text        not null, -- of the last failure or cancellation, or ''
    priority      integer     not null, -- lower first
    requested_at  timestamptz not null,
    started_at    timestamptz,          -- of the attempt under way or the last one
    finished_at   timestamptz
);

-- +goose Down
drop table jobs;
