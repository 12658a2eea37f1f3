-- The names of those who wrote what a comment $1 answers, directly or not, the first comment of the thread first.
with recursive above as (
    select c.in_reply_to as number from comments c where c.number = $1
    union all
    select c.in_reply_to from above join comments c on c.number = above.number
)
select a.name
  from above
  join comments c on c.number = above.number
  join accounts a on a.id = c.account_id
 order by c.created_at, c.number
