-- What an event led to, directly and further, in the order of the log.
with recursive tree as (
    select e.*, 0 as depth from events e where e.event_id = $1
    union all
    select e.*, t.depth + 1
      from tree t
      join events e on e.causation = t.event_id and e.position > t.position
     where t.depth < $2
)
select {columns} from tree e where e.depth > 0 order by e.position limit $3
