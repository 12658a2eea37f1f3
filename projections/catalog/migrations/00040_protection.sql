-- +goose Up

-- The passwords of a protected video in the order they were set; their texts are in the vault.
create table video_passwords (
    video_id   uuid primary key,
    numbers    bigint[]      not null,
    refs       text[]        not null,
    created_at timestamptz[] not null
);

-- +goose Down
drop table video_passwords;
