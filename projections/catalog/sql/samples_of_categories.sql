-- Some categories that have enough public videos.
select category from videos
 where privacy = 1 and state = 1 and category is not null
 group by category having count(*) >= $1 order by random() limit $2
