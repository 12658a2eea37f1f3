-- +goose Up
-- When people last got a session. Logging in is no event.
create table last_logins (
    user_id uuid primary key,
    at      timestamptz not null
);

-- +goose Down
drop table last_logins;
