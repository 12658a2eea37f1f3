-- One account. {where} names which.
select {account}
  from accounts a
  left join users u on u.id = a.user_id
 where {where}
