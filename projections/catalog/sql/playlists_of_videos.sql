-- HLS playlists of a set of videos, which is hidden as files_of_videos says.
select p.video_id, p.number, p.master_name, p.hashes_name, p.media
  from unnest((select $1::uuid[])) as wanted(id)
  join video_playlists p on p.video_id = wanted.id
