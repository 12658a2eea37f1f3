-- What a worker may take next: by priority, then in the order of the requests. State 1 is pending.
select {columns}
  from jobs j
 where j.state = 1 and j.type = any($1::text[])
 order by j.priority, j.position
 limit $2
