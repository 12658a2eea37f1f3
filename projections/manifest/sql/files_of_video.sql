-- The files of one video.
select f.area, f.video_id, f.file_name, f.bytes, f.since, v.is_private
  from files f
  join videos v on v.id = f.video_id
 where f.video_id = $1
 order by f.area collate "C", f.file_name collate "C"
