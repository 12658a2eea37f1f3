-- +goose Up
-- What an author says about an upload may hold passwords of the video: it is kept sealed, and nothing of it in the clear.
-- Uploads that were under way begin anew.
delete from uploads;
alter table uploads drop column fields;
alter table uploads add column form bytea; -- members of the first request, sealed; null once the upload is over

-- +goose Down
delete from uploads;
alter table uploads drop column form;
alter table uploads add column fields json not null;
