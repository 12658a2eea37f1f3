-- +goose Up
-- Sessions: an access token and the refresh token that replaces the pair. Only hashes are kept.
create table tokens (
    access_hash     bytea primary key,
    refresh_hash    bytea not null unique,
    user_id         uuid not null,
    access_expires  timestamptz not null,
    refresh_expires timestamptz not null,
    created_at      timestamptz not null default now(),
    used_at         timestamptz not null default now()
);
create index tokens_user on tokens (user_id);
create index tokens_expiry on tokens (refresh_expires);

-- +goose Down
drop table tokens;
