-- Comments for those who look after them. {where} and {dir} are filled in by list_comments.go.
select {comment}
  from comments c
  join videos v on v.id = c.video_id
  left join accounts a on a.id = c.account_id
 where {where}
 order by c.created_at{dir}, c.number{dir}
 limit $1 offset $2
