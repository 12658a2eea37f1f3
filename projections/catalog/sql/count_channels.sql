-- How many channels a list has.
select count(*) from channels ch where {where}
