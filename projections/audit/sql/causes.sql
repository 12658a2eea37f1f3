-- The chain of causes of an event, the event itself first. Causes come before their effects, so the chain ends.
with recursive chain as (
    select e.*, 0 as depth from events e where e.event_id = $1
    union all
    select e.*, c.depth + 1
      from chain c
      join events e on e.event_id = c.causation and e.position < c.position
     where c.depth < $2
)
select {columns} from chain e order by e.depth
