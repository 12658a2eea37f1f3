-- The captions of a video by language.
select language, file_name, generated, updated_at from video_captions where video_id = $1 order by language
