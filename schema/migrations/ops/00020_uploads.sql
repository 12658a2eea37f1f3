-- +goose Up
-- Uploads that come in parts. The bytes lie in tmp/resumable-uploads; written counts those that are on disk for good.
create table uploads (
    id           text primary key,  -- uploadx's: hashes of user, name, size and time
    user_id      uuid not null,
    purpose      text not null,     -- what the file becomes: "video", "source <uuid>"
    file         text not null,     -- its name in the folder
    size         bigint not null,
    written      bigint not null default 0,
    fields       json not null,     -- members of the first request
    files        json not null,     -- files that came with it (pictures), by field
    command      uuid not null,     -- id of the command that makes something of the file, so that a repeat makes nothing twice
    plan         json,              -- what that command is to say, once it has been decided
    answer       json,              -- of the last part, for those who ask again
    hold         uuid,              -- who writes or finishes
    node         text,
    held_until   timestamptz,
    is_finishing boolean not null default false,
    is_idle      boolean not null default false, -- untouched since the last sweep saw it
    created_at   timestamptz not null default now()
);

-- +goose Down
drop table uploads;
