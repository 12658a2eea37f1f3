-- Who likes or dislikes a video, the latest first.
select a.name
  from video_ratings r
  join accounts a on a.id = r.account_id
 where r.video_id = $1 and r.rating = $2
 order by r.rated_at desc, a.number
 limit $4 offset $3
