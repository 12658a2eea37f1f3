-- One user with account and storage. {where} names which.
select u.id, u.number, u.username, u.email, u.role, u.quota, u.quota_daily, u.created_at, coalesce(s.bytes, 0),
       a.id, a.number, a.actor_number, a.user_id, u.number, a.name, a.display_name, a.created_at, a.updated_at, a.revision
  from users u
  join accounts a on a.id = u.account_id
  left join storage s on s.user_id = u.id
 where {where}
