-- The passwords of a video, the last set first.
select p.number, p.ref, p.created_at
  from video_passwords v, unnest(v.numbers, v.refs, v.created_at) as p(number, ref, created_at)
 where v.video_id = $1
 order by p.created_at desc, p.number desc
