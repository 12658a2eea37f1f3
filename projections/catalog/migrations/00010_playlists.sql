-- +goose Up

create table playlists (
    id           uuid primary key,
    number       bigint      not null,
    account_id   uuid        not null,
    display_name text        not null,
    type         smallint    not null, -- PeerTube's numbers: 1 regular, 2 watch later
    privacy      smallint    not null,
    created_at   timestamptz not null
);

create index playlists_of_account on playlists (account_id, number);

-- +goose Down
drop table playlists;
