-- One account. {where} names which.
select a.id, a.number, a.actor_number, a.user_id, coalesce(u.number, 0), a.name, a.display_name, a.created_at, a.updated_at,
       a.revision
  from accounts a
  left join users u on u.id = a.user_id
 where {where}
