-- +goose Up
-- Media jobs that wait or are being worked on. Rows follow from job events; who works on one, until when and how far is
-- operational.
create table media_jobs (
    job_id     uuid primary key,
    video_id   uuid not null,
    kind       text not null,
    priority   int not null,
    requested  bigint not null,
    not_before timestamptz not null,
    lease      uuid,
    worker     text,
    node       text,
    expires_at timestamptz,
    progress   smallint not null default 0,
    -- what the work is owed to: the request it belongs to, the event that asked last, and the person behind both
    correlation  uuid not null,
    cause        uuid not null,
    on_behalf_of text not null
);
create index media_jobs_order on media_jobs (priority, requested);
create index media_jobs_video on media_jobs (video_id);

-- +goose Down
drop table media_jobs;
