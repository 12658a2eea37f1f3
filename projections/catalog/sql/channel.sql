-- Channels with their account. {where} names which.
select ch.id, ch.number, ch.actor_number, ch.owner_id, ch.handle, ch.display_name, ch.created_at, ch.updated_at, ch.revision,
       a.id, a.number, a.actor_number, a.user_id, coalesce(u.number, 0), a.name, a.display_name, a.created_at, a.updated_at,
       a.revision
  from channels ch
  join accounts a on a.id = ch.account_id
  left join users u on u.id = a.user_id
 where {where}
