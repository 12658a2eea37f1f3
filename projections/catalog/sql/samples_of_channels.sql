-- Some channels that have enough public videos.
select channel_id from videos
 where privacy = 1 and state = 1
 group by channel_id having count(*) >= $1 order by random() limit $2
