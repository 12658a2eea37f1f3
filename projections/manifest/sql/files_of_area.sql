-- All files of an area in the order of their names, bytewise: that of a folder listing, so that both can be walked together.
select f.area, f.video_id, f.file_name, f.bytes, f.since, v.is_private
  from files f
  join videos v on v.id = f.video_id
 where f.area = $1
 order by f.file_name collate "C", f.video_id
