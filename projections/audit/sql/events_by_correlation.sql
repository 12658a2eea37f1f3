-- Everything that one request set in motion, in order.
select {columns}
  from events e
 where e.correlation = $1 and e.position > $2
 order by e.position
 limit $3
