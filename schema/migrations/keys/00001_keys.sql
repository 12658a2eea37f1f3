-- +goose Up

-- One row: which master key wraps the keys below. A process with another one must stop before it seals anything.
CREATE TABLE master (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    fingerprint text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- One data key per subject, wrapped by the master key. A subject has one key for ever: when it is gone, a new one must not
-- make an erased person writable again.
CREATE TABLE subjects (
    key_ref     text PRIMARY KEY,
    subject     text        NOT NULL UNIQUE,
    wrapped     bytea,
    state       text        NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'revoked', 'shredded')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz,
    shredded_at timestamptz,
    -- shredded means that no copy of the key is left here
    CHECK ((state = 'shredded') = (wrapped IS NULL))
);

-- +goose Down
DROP TABLE subjects;
DROP TABLE master;
