-- Where viewers of a video were.
select country, count(*) as viewers
  from viewings
 where video_id = $1 and country is not null
   and ($2::timestamptz is null or ended_at >= $2) and ($3::timestamptz is null or started_at <= $3)
 group by country
 order by viewers desc, country
