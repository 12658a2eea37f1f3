-- +goose Up

-- Messages for other brokers, written in the transaction of what they tell of and removed once the broker has them. The
-- columns are those of watermill-sql's queue; the number is 64 bits wide, unlike in the table it would make itself.
CREATE TABLE outbox (
    "offset"   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uuid       varchar(36) NOT NULL,
    payload    json,
    metadata   json,
    acked      boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP TABLE outbox;
