-- What happened to one thing, in order.
select {columns}
  from events e
 where e.stream_kind = $1 and e.stream_id = $2 and e.version > $3
 order by e.version
 limit $4
