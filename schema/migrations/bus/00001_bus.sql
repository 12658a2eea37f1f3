-- +goose Up

-- A group of consumers: everything up to checkpoint is done. One process at a time works for a group; fence grows with
-- every change of hands, and whatever a process writes for a group demands the fence it was given.
CREATE TABLE consumers (
    consumer_group text PRIMARY KEY,
    checkpoint     bigint      NOT NULL,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    fence          bigint      NOT NULL DEFAULT 0,
    holder         uuid,
    lease_until    timestamptz NOT NULL DEFAULT '-infinity'
);

-- Positions above the checkpoint that are done already, written in the transaction of their effect. Removed when the
-- checkpoint has passed them.
CREATE TABLE done (
    consumer_group text   NOT NULL,
    position       bigint NOT NULL,
    PRIMARY KEY (consumer_group, position)
);

-- Events that wait for a decision: the one that kept failing (attempts > 0), and behind it the later ones of its key.
CREATE TABLE parked (
    consumer_group text        NOT NULL,
    key            text        NOT NULL,
    position       bigint      NOT NULL,
    event_type     text        NOT NULL,
    error          text        NOT NULL DEFAULT '',
    attempts       integer     NOT NULL DEFAULT 0,
    parked_at      timestamptz NOT NULL DEFAULT now(),
    retry          boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (consumer_group, key, position)
);

-- Who decided that an event is never handled, and why.
CREATE TABLE skipped (
    consumer_group text        NOT NULL,
    position       bigint      NOT NULL,
    key            text        NOT NULL,
    event_type     text        NOT NULL,
    error          text        NOT NULL,
    actor          text        NOT NULL,
    reason         text        NOT NULL,
    skipped_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer_group, position)
);

-- +goose Down
DROP TABLE skipped;
DROP TABLE parked;
DROP TABLE done;
DROP TABLE consumers;
