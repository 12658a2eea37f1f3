-- +goose Up

-- Reports of abuse. The columns of videos are as they were when it was reported: they are shown once these are gone.
create table abuses (
    id                  uuid primary key,
    number              bigint      not null,
    reporter_id         uuid        not null, -- the person, who may be gone
    reporter_account_id uuid        not null,
    flagged_account_id  uuid        not null,
    reason              text        not null, -- redacted once the reporter has been erased
    predefined_reasons  text[]      not null,
    state               smallint    not null, -- PeerTube's numbers
    note                text,                 -- of the moderators, null for none
    note_author_id      uuid,
    video_id            uuid,                 -- null for a report of something else
    video_number        bigint      not null,
    video_name          text        not null,
    video_nsfw          boolean     not null,
    channel_id          uuid,                 -- the video's when it was reported
    channel_number      bigint      not null,
    channel_handle      text        not null,
    channel_name        text        not null,
    start_at            integer,              -- seconds, null for not said
    end_at              integer,
    comment_number       bigint,              -- null for a report of something else
    comment_thread       bigint      not null,
    comment_video_id     uuid,
    comment_video_number bigint      not null,
    comment_video_name   text        not null,
    processed_at        timestamptz,          -- when a moderator first did something about it
    created_at          timestamptz not null,
    updated_at          timestamptz not null
);
create index abuses_of_reporter on abuses (reporter_id);
create index abuses_of_note_author on abuses (note_author_id) where note_author_id is not null;

-- Messages between moderators and the reporter.
create table abuse_messages (
    abuse_id     uuid        not null,
    number       bigint      not null,
    author_id    uuid        not null, -- the person, who may be gone
    account_id   uuid        not null,
    by_moderator boolean     not null,
    message      text        not null, -- redacted once the author has been erased
    created_at   timestamptz not null,
    primary key (abuse_id, number)
);
create index abuse_messages_of_author on abuse_messages (author_id);

-- +goose Down
drop table abuse_messages;
drop table abuses;
