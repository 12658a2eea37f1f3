-- Where viewers of a video were, in parts of countries.
select region, count(*) as viewers
  from viewings
 where video_id = $1 and region is not null
   and ($2::timestamptz is null or ended_at >= $2) and ($3::timestamptz is null or started_at <= $3)
 group by region
 order by viewers desc, region
