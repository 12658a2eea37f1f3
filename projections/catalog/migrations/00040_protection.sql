-- +goose Up

-- The passwords of a protected video in the order they were set; their texts are in the vault.
create table video_passwords (
    video_id   uuid primary key,
    numbers    bigint[]      not null,
    refs       text[]        not null,
    created_at timestamptz[] not null
);

create table video_captions (
    video_id   uuid        not null,
    language   text        not null,
    file_name  text        not null,
    generated  boolean     not null, -- by a program that has listened
    updated_at timestamptz not null,
    primary key (video_id, language)
);

-- Chapters in the order of time.
create table video_chapters (
    video_id  uuid primary key,
    timecodes integer[] not null, -- seconds
    titles    text[]    not null
);

-- +goose Down
drop table video_chapters;
drop table video_captions;
drop table video_passwords;
