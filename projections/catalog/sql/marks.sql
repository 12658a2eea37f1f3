-- The last event that can have changed how many rows a list has.
select coalesce(max(position), 0) from marks where name = any($1::text[])
