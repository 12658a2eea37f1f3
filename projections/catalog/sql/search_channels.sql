-- Channels whose handle or name has a text or is much like it, {dir} by {by}, and how many there are in all.
select {channel}, {account}, count(*) over ()
  from channels ch
  join accounts a on a.id = ch.account_id
  left join users u on u.id = a.user_id
 where {where}
 order by {by} {dir}, ch.number
 limit $1 offset $2
