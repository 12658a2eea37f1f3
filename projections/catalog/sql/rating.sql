-- What an account thinks of a video; nothing for none.
select rating from video_ratings where account_id = $1 and video_id = $2
