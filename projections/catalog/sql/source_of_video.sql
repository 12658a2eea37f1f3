-- The uploaded file of a video, as it came.
select file_name, bytes, resolution, width, height, fps, kept_name, probe, created_at from video_sources where video_id = $1
