-- How many videos an account has rated, of one rating or ('') of any.
select count(*)
  from video_ratings r
  join videos v on v.id = r.video_id
 where r.account_id = $1 and ($2 = '' or r.rating = $2)
