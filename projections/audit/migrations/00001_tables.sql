-- +goose Up

create table events (
    position     bigint primary key,
    stream_kind  text        not null,
    stream_id    text        not null,
    version      bigint      not null,
    type         text        not null,
    event_id     uuid        not null,
    command_id   text        not null,
    correlation  uuid        not null,
    causation    uuid,                 -- null where a request was the cause
    actor_kind   text        not null,
    actor_id     text        not null,
    on_behalf_of text        not null, -- kind:id of the party at the start of the chain, or ''
    recorded_at  timestamptz not null
);

create table types (
    type           text primary key,
    events         bigint      not null,
    first_position bigint      not null,
    last_position  bigint      not null,
    last_at        timestamptz not null
);

-- +goose Down
drop table types;
drop table events;
