-- Channels with their account. {where} names which.
select {channel}, {account}
  from channels ch
  join accounts a on a.id = ch.account_id
  left join users u on u.id = a.user_id
 where {where}
