-- +goose Up
CREATE TABLE tallies (
    key      text   PRIMARY KEY,
    events   bigint NOT NULL,
    bytes    bigint NOT NULL,
    chain    bigint NOT NULL,
    revision bigint NOT NULL
);

-- +goose Down
DROP TABLE tallies;
