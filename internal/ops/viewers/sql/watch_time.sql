-- How long a video was watched, in seconds, by visits that began and ended within a time: others cannot be cut.
select coalesce(sum(seconds), 0)::bigint, coalesce(round(avg(seconds)), 0)::bigint
  from viewings
 where video_id = $1 and ($2::timestamptz is null or started_at >= $2) and ($3::timestamptz is null or ended_at <= $3)
