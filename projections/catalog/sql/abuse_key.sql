-- A report by its integer.
select id, number, reporter_id from abuses where number = $1
