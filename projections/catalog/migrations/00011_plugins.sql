-- +goose Up

create table plugins (
    npm_name   text primary key,
    package    jsonb       not null, -- plugin.Package
    installed  boolean     not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

-- +goose Down
drop table plugins;
