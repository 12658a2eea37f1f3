-- The storyboard of a video.
select file_name, total_width, total_height, sprite_width, sprite_height, sprite_seconds from video_storyboards where video_id = $1
