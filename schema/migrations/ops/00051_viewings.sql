-- +goose Up

-- Who watched what part of a video, once they have gone: for the owner's statistics. There is nothing that names the viewer.
create table viewings (
    id         uuid primary key,
    video_id   uuid        not null,
    started_at timestamptz not null,
    ended_at   timestamptz not null,
    seconds    integer     not null, -- watched in all, without what was skipped
    country    text,                 -- ISO 3166 code, where known
    region     text,
    from_at    integer[]   not null, -- the watched sections in seconds of the video: from_at[n] to to_at[n]
    to_at      integer[]   not null
);
create index viewings_of_video on viewings (video_id, started_at);
create index viewings_oldest on viewings (ended_at);

-- +goose Down
drop table viewings;
