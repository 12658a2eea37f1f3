-- Files of a set of videos, the best first, as PeerTube lists them.
select f.video_id, f.number, f.kind, f.resolution, f.width, f.height, f.fps, f.bytes, f.file_name, f.playlist_name,
       f.has_video, f.has_audio, f.video_codec, f.audio_codec, f.torrent_name, f.info_hash
  from video_files f
 where f.video_id = any($1::uuid[])
 order by f.resolution desc, f.number
