-- What people did within a span of time, the newest first. Walks the table from its end, for positions rise with time.
select {columns}
  from events e
 where e.actor_kind = 'user' and e.recorded_at between $1 and $2
 order by e.position desc
 limit $3
