-- The registry of read models: which builds there are, which one is live and how far each has come.

-- +goose Up
create table models (
    name       text primary key,
    live_build bigint -- null until the first build is finished
);

create table builds (
    id             bigint generated always as identity primary key,
    model          text        not null references models (name),
    version        int         not null,
    number         int         not null, -- counts the builds of a version, from 1
    schema_name    text        not null unique,
    -- building: being filled; live: what models.live_build points to; warm: was live; failed: could not be finished;
    -- dropped: its schema is gone
    state          text        not null check (state in ('building', 'live', 'warm', 'failed', 'dropped')),
    purpose        text        not null check (purpose in ('serve', 'compare')), -- compare: thrown away afterwards
    phase          text        not null default '', -- of a build under way
    target         bigint      not null default 0,  -- the position that phase works towards
    digest         bytea,                           -- of its rows when it was last compared, at digest_position
    digest_position bigint,
    -- Why it stands still; null while it runs.
    error          text,
    error_stack    text,
    error_position bigint,
    error_type     text, -- event type
    error_at       timestamptz,
    started_at     timestamptz not null default now(),
    live_at        timestamptz,
    retired_at     timestamptz, -- when it stopped being live
    unique (model, version, number)
);
create index builds_by_state on builds (model, state);

-- Apart from builds because this row changes with every batch: small and with room on its page it is updated in place.
create table checkpoints (
    build_id    bigint primary key references builds (id) on delete cascade,
    position    bigint      not null,
    advanced_at timestamptz not null default now()
) with (fillfactor = 20);

-- advance moves a checkpoint and fails, and with it the transaction, when somebody else has moved it. It lets rows and
-- checkpoint travel in one round trip.
-- +goose StatementBegin
create function advance(build bigint, expected bigint, reached bigint) returns void language plpgsql as $$
begin
    update vidilog_readmodels.checkpoints set position = reached, advanced_at = clock_timestamp()
     where build_id = build and position = expected;
    if not found then
        raise exception 'checkpoint of build % is not at %', build, expected using errcode = 'VD001';
    end if;
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function advance(bigint, bigint, bigint);
drop table checkpoints;
drop table builds;
drop table models;
