-- The log and what is decided under its lock. Design: docs/architecture.md, "The event store".
--
-- Uniqueness of stream versions, claims and command ids is decided by the appender under the head row's lock, never by a
-- constraint of events: a unique constraint on a partitioned table would have to contain the partition key.
-- Names and ids compare as bytes (collation "C"): faster, and the order never changes with the operating system's locales.

-- +goose Up

CREATE TABLE events (
    position           bigint      NOT NULL,
    recorded_at        timestamptz NOT NULL,
    stream_version     bigint      NOT NULL,
    event_id           uuid        NOT NULL,
    correlation        uuid        NOT NULL,
    causation          uuid        NOT NULL, -- all zeros where a request was the cause
    schema_version     integer     NOT NULL,
    stream_kind        text        COLLATE "C" NOT NULL,
    stream_id          text        COLLATE "C" NOT NULL,
    event_type         text        COLLATE "C" NOT NULL,
    command_id         text        COLLATE "C" NOT NULL,
    actor_kind         text        COLLATE "C" NOT NULL,
    actor_id           text        COLLATE "C" NOT NULL,
    actor_on_behalf_of text        COLLATE "C" NOT NULL,
    origin             bytea       NOT NULL, -- sealed address and user agent, empty where there was none
    key_ref            text        COLLATE "C" NOT NULL,
    leaf_hash          bytea       NOT NULL,
    payload            bytea       NOT NULL, -- canonical JSON as bytes: jsonb would reorder it and break the hash
    CONSTRAINT events_pkey PRIMARY KEY (position)
) PARTITION BY RANGE (position);

CREATE INDEX events_stream ON events (stream_kind, stream_id, stream_version);

-- The position of the newest event. Its row lock is the order of the log. One row, updated by every group commit: a page
-- that is nearly empty keeps those updates in place.
CREATE TABLE head (
    id           smallint    PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    position     bigint      NOT NULL,
    recorded_at  timestamptz NOT NULL,
    format_epoch integer     NOT NULL
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- Versions of streams: the concurrency check of appends. Hot rows, so pages keep room for updates in place.
CREATE TABLE streams (
    version        bigint NOT NULL,
    first_position bigint NOT NULL,
    last_position  bigint NOT NULL,
    kind           text   COLLATE "C" NOT NULL,
    id             text   COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- What belongs to one owner only; also the index from names to ids for commands.
CREATE TABLE claims (
    kind     text   COLLATE "C" NOT NULL,
    key      text   COLLATE "C" NOT NULL,
    owner    text   COLLATE "C" NOT NULL,
    position bigint NOT NULL, -- the head when it was taken
    PRIMARY KEY (kind, key)
);

-- Commands that have been appended, with their first answer. key is the first half of SHA-256 over actor, type and id:
-- ids that strangers choose (ActivityPub ids) can be longer than an index row may be.
CREATE TABLE commands (
    key          uuid        PRIMARY KEY,
    created_at   timestamptz NOT NULL,
    position     bigint      NOT NULL,
    forever      boolean     NOT NULL,
    payload_hash bytea       NOT NULL,
    actor        text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    result       bytea       NOT NULL
);

-- For the sweep of old ids; those kept for ever do not burden it.
CREATE INDEX commands_sweep ON commands (created_at) WHERE NOT forever;

-- Sealed secrets that events only refer to.
CREATE TABLE vault (
    ref      text   COLLATE "C" PRIMARY KEY,
    sealed   bytea  NOT NULL,
    position bigint NOT NULL -- the head when it was written
);

-- Processes that have this log open. With more than one, a group commit also notifies. Lost in a crash, on purpose.
CREATE UNLOGGED TABLE nodes (
    id      uuid        PRIMARY KEY,
    seen_at timestamptz NOT NULL
) WITH (fillfactor = 10);

-- Payloads above 2 kB are compressed; lz4 takes a fraction of pglz's time, but not every PostgreSQL is built with it.
-- +goose StatementBegin
DO $$
BEGIN
    ALTER TABLE events ALTER COLUMN payload SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    RAISE NOTICE 'this PostgreSQL has no lz4, large payloads are compressed with pglz';
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP TABLE nodes, vault, commands, claims, streams, head, events;
