-- One comment, by number.
select {comment}
  from comments c
  join videos v on v.id = c.video_id
 where c.number = $1
