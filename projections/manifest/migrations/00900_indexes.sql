-- +goose Up
create index files_by_name on files (file_name, area);

-- +goose Down
drop index files_by_name;
