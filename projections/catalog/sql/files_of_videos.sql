-- Files of a set of videos, the best first, as PeerTube lists them. The set is hidden behind a select, so that nobody sees its size: the
-- statement would otherwise be planned anew each time, which takes longer than to run it.
select f.video_id, f.number, f.kind, f.resolution, f.width, f.height, f.fps, f.bytes, f.file_name, f.playlist_name,
       f.has_video, f.has_audio, f.video_codec, f.audio_codec, f.torrent_name, f.info_hash
  from unnest((select $1::uuid[])) as wanted(id)
  join video_files f on f.video_id = wanted.id
 order by f.resolution desc, f.number
