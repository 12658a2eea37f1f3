-- What an account has rated, the latest or ($3) the oldest first.
select v.id, v.number, v.owner_id, v.privacy, v.state,
       greatest(v.revision, ch.revision, a.revision), greatest(v.revision, ch.touched, a.revision),
       n.views, n.likes, n.dislikes, n.comments, r.rating
  from video_ratings r
  join videos v on v.id = r.video_id
  join video_counters n on n.video_id = v.id
  join channels ch on ch.id = v.channel_id
  join accounts a on a.id = ch.account_id
 where r.account_id = $1 and ($2 = '' or r.rating = $2)
 order by case when $3 then r.rated_at end, r.rated_at desc, v.number
 limit $5 offset $4
