-- +goose Up
create index abuses_by_number on abuses (number);
create index abuses_by_created on abuses (created_at, number);
create index abuses_of_video on abuses (video_id, created_at, number) where video_id is not null;
create index abuses_of_reporter_account on abuses (reporter_account_id);
create index abuses_of_flagged_account on abuses (flagged_account_id);

-- +goose Down
drop index abuses_of_flagged_account, abuses_of_reporter_account, abuses_of_video, abuses_by_created, abuses_by_number;
