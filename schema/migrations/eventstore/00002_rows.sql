-- The form in which the appender sends rows: an array of one of these types instead of an array per column, because
-- PostgreSQL keeps a table of its own for every array that a statement unnests. They are not the tables' own row types,
-- so that a program of today goes on appending when a later one adds a column.

-- +goose Up

CREATE TYPE event_row AS (
    position           bigint,
    recorded_at        timestamptz,
    stream_version     bigint,
    event_id           uuid,
    correlation        uuid,
    causation          uuid,
    schema_version     integer,
    stream_kind        text,
    stream_id          text,
    event_type         text,
    command_id         text,
    actor_kind         text,
    actor_id           text,
    actor_on_behalf_of text,
    origin             bytea,
    key_ref            text,
    leaf_hash          bytea,
    payload            bytea
);

CREATE TYPE stream_row AS (
    kind           text,
    id             text,
    version        bigint,
    first_position bigint,
    last_position  bigint
);

CREATE TYPE command_row AS (
    key          uuid,
    created_at   timestamptz,
    position     bigint,
    forever      boolean,
    payload_hash bytea,
    actor        text,
    type         text,
    id           text,
    result       bytea
);

-- +goose Down
DROP TYPE event_row, stream_row, command_row;
