-- +goose Up

-- What is written below videos. What is deleted keeps its place, so that answers to it do.
create table comments (
    number          bigint primary key,
    video_id        uuid        not null,
    thread          bigint      not null, -- the comment that begins the thread: itself, or another
    in_reply_to     bigint      not null, -- 0 for none
    account_id      uuid,                 -- null once it is deleted
    text            text        not null, -- '' once it is deleted, '[redacted]' once the author's key is gone
    held_for_review boolean     not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz
);
create index comments_of_video on comments (video_id, created_at, number);
create index comments_of_account on comments (account_id);

-- +goose Down
drop table comments;
