-- What was done for a party by processes and workers, the newest first.
select {columns}
  from events e
 where e.on_behalf_of <> '' and e.on_behalf_of = $1 and e.position < $2
 order by e.position desc
 limit $3
