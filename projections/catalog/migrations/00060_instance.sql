-- +goose Up

-- Pictures of the instance itself by kind: avatar, banner, and the logos of 8.x.
create table instance_pictures (
    kind       text primary key,
    images     jsonb       not null, -- actor.Image, the largest first
    changed_at timestamptz not null
);

-- Pages that the instance's administrators write.
create table instance_pages (
    name       text primary key,
    content    text        not null,
    changed_at timestamptz not null
);

-- +goose Down
drop table instance_pages;
drop table instance_pictures;
