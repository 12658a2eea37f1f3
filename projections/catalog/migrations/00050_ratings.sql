-- +goose Up

-- What accounts think of videos; who thinks nothing has no row. The index is for the deletion of a video.
create table video_ratings (
    account_id uuid        not null,
    video_id   uuid        not null,
    rating     text        not null, -- like or dislike
    rated_at   timestamptz not null,
    primary key (account_id, video_id)
);
create index video_ratings_of_video on video_ratings (video_id);

-- +goose Down
drop table video_ratings;
