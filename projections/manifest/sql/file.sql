-- One file. Names carry a UUID of their own, so a name is of one video.
select f.area, f.video_id, f.file_name, f.bytes, f.since, v.is_private
  from files f
  join videos v on v.id = f.video_id
 where f.file_name = $1 and f.area = $2
