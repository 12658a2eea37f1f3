-- +goose Up
create index comments_threads_of_video on comments (video_id, created_at desc, number desc) where in_reply_to = 0;
create index comments_of_thread on comments (thread, created_at, number);
create index comments_by_creation on comments (created_at desc, number desc) where deleted_at is null;

-- +goose Down
drop index comments_by_creation, comments_of_thread, comments_threads_of_video;
