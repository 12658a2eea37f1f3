-- +goose Up
create index jobs_claimable on jobs (priority, position) where state = 1;
create index jobs_by_state on jobs (state, position);
create index jobs_by_state_and_type on jobs (state, type, position);
create index jobs_by_position on jobs (position);
create index jobs_of_video on jobs (video_id, position);
create index jobs_by_parent on jobs (parent) where parent is not null;
create index jobs_by_number on jobs (number);

-- +goose Down
drop index jobs_by_number, jobs_by_parent, jobs_of_video, jobs_by_position, jobs_by_state_and_type, jobs_by_state, jobs_claimable;
