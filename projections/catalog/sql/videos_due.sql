-- The videos whose schedule is due, those that wait for their renditions left out.
select id from videos where scheduled_at <= $1 and state <> 2 order by scheduled_at limit 1000
