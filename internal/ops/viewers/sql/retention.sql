-- Which part of all viewers saw each second of a video, in steps.
select second, count(v.id)::float8 / greatest((select count(*) from viewings where video_id = $1), 1)
  from generate_series(0, $2::integer, $3::integer) as second
  left join viewings v on v.video_id = $1
   and exists (select 1 from unnest(v.from_at, v.to_at) as section(from_at, to_at)
                where second between section.from_at and section.to_at)
 group by second
 order by second
