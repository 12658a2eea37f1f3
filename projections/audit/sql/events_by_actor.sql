-- What one actor did, the newest first.
select {columns}
  from events e
 where e.actor_kind = $1 and e.actor_id = $2 and e.position < $3
 order by e.position desc
 limit $4
