-- Whose a torrent is, for the name it is saved under.
select v.name, f.resolution from video_files f join videos v on v.id = f.video_id where f.torrent_name = $1
