-- How often each type of event occurs.
select type, events, first_position, last_position, last_at from types order by events desc, type collate "C"
