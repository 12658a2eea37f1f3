-- How many were watching in each interval: who stays counts in each.
select i.at, count(v.id)
  from generate_series($2::timestamptz, $3::timestamptz, $4::text::interval) as i(at)
  left join viewings v on v.video_id = $1 and v.started_at <= i.at + $4::text::interval and v.ended_at >= i.at
 group by i.at
 order by i.at
