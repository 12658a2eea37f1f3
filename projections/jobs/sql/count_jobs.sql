-- How many jobs a list has.
select count(*) from jobs j where {where}
