-- The chapters of a video in the order of time.
select c.timecode, c.title
  from video_chapters v, unnest(v.timecodes, v.titles) with ordinality as c(timecode, title, place)
 where v.video_id = $1
 order by c.place
