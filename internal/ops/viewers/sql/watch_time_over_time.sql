-- How long a video was watched in each interval, in seconds: a visit counts once, where it ended.
select i.at, coalesce(sum(v.seconds), 0)::bigint
  from generate_series($2::timestamptz, $3::timestamptz, $4::text::interval) as i(at)
  left join viewings v on v.video_id = $1 and v.ended_at >= i.at and v.ended_at <= i.at + $4::text::interval
 group by i.at
 order by i.at
