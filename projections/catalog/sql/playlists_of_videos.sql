-- HLS playlists of a set of videos.
select p.video_id, p.number, p.master_name, p.hashes_name, p.media
  from video_playlists p
 where p.video_id = any($1::uuid[])
