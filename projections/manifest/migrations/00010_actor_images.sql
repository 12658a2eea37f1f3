-- +goose Up

-- Avatars and banners of accounts and channels.
create table actor_images (
    file_name text primary key,
    bytes     bigint not null,
    since     bigint not null -- position of the event that brought it
);

-- +goose Down
drop table actor_images;
