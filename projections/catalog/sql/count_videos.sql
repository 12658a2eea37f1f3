-- How many videos a filter lets through, and up to which event that is true.
select (select coalesce(max(position), 0) from marks where name = any({marks}::text[])), count(*)
  from videos v
 where {where}
