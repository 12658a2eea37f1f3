-- +goose Up

-- One picture per video that shows it in small ones, for the seek bar of players.
create table video_storyboards (
    video_id       uuid primary key,
    file_name      text    not null,
    total_width    integer not null,
    total_height   integer not null,
    sprite_width   integer not null,
    sprite_height  integer not null,
    sprite_seconds integer not null
);

-- +goose Down
drop table video_storyboards;
