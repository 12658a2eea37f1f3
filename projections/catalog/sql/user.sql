-- One user with account and storage. {where} names which.
select u.id, u.number, u.username, u.email, u.role, u.quota, u.quota_daily, u.email_verified, u.admin_flags, u.auth_plugin,
       u.settings, u.blocked, u.blocked_reason, u.created_at, coalesce(s.bytes, 0),
       {account}
  from users u
  join accounts a on a.id = u.account_id
  left join storage s on s.user_id = u.id
 where {where}
