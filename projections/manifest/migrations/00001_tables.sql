-- +goose Up

create table files (
    area      text   not null, -- web-videos, hls, thumbnails, previews, storyboards, torrents
    video_id  uuid   not null,
    file_name text   not null,
    bytes     bigint,          -- null where the log does not say
    since     bigint not null, -- position of the event that brought it
    primary key (video_id, area, file_name)
);

-- Where the files of a video lie: under private or public paths.
create table videos (
    id         uuid primary key,
    is_private boolean not null
);

-- +goose Down
drop table videos;
drop table files;
