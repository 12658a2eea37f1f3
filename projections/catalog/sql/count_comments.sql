-- How many comments a list for those who look after them has. {where} is filled in by list_comments.go.
select count(*)
  from comments c
  join videos v on v.id = c.video_id
  left join accounts a on a.id = c.account_id
 where {where}
