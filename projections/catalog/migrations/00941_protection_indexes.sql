-- +goose Up
create index videos_scheduled on videos (scheduled_at) where scheduled_at is not null;

-- +goose Down
drop index videos_scheduled;
