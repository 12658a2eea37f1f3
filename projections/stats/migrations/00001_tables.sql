-- +goose Up

-- One row, as of the last event.
create table totals (
    id     smallint primary key,
    users  bigint not null,
    videos bigint not null, -- that have not been deleted
    views  bigint not null  -- of all videos, deleted ones included
);

-- What happened on a day: days since 1970-01-01 UTC, of the log's clock; views count on the day they begin.
create table days (
    day            integer primary key,
    users          bigint not null,
    uploads        bigint not null,
    deletions      bigint not null,
    views          bigint not null,
    uploaded_bytes bigint not null
);

-- Sizes of files, because the event that removes one does not say how large it was.
create table files (
    video_id  uuid   not null,
    file_name text   not null,
    bytes     bigint not null,
    primary key (video_id, file_name)
);

-- +goose Down
drop table files;
drop table days;
drop table totals;
