-- How many watched a video in a time.
select count(*)
  from viewings
 where video_id = $1 and ($2::timestamptz is null or ended_at >= $2) and ($3::timestamptz is null or started_at <= $3)
