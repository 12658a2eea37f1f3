-- When most people watched a video at once, and how many: everybody who comes is one more, everybody who goes one less.
with before as (
    select count(*) as viewers from viewings where video_id = $1 and started_at < $2 and ended_at >= $2
), changes as (
    select started_at as at, 1 as change from viewings
     where video_id = $1 and ($2::timestamptz is null or started_at >= $2) and ($3::timestamptz is null or started_at <= $3)
    union all
    select ended_at, -1 from viewings
     where video_id = $1 and ($2::timestamptz is null or ended_at >= $2) and ($3::timestamptz is null or ended_at <= $3)
)
select at, (sum(sum(change)) over (order by at) + (select viewers from before))::bigint as watching
  from changes
 group by at
 order by watching desc, at
 limit 1
