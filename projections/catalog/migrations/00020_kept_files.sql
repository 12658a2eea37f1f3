-- +goose Up
create index video_sources_by_kept_name on video_sources (kept_name) where kept_name <> '';

-- +goose Down
drop index video_sources_by_kept_name;
