-- People as administrators list them. {by}, {dir} and {where} are filled in by list_users.go.
select u.id, u.number, u.username, u.email, u.role, u.quota, u.quota_daily, u.email_verified, u.admin_flags, u.auth_plugin,
       u.settings, u.blocked, u.blocked_reason, u.created_at, coalesce(s.bytes, 0),
       {account},
       (select coalesce(sum(r.bytes), 0)::bigint from storage_reservations r where r.user_id = u.id and r.reserved_at > $1),
       (select coalesce(sum(f.bytes), 0)::bigint from videos v join video_files f on f.video_id = v.id where v.owner_id = u.id),
       (select count(*) from videos v where v.owner_id = u.id),
       (select count(*) from comments c where c.account_id = u.account_id)
  from users u
  join accounts a on a.id = u.account_id
  left join storage s on s.user_id = u.id
 where {where}
 order by {by}
