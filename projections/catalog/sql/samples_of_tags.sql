-- Some tags that enough public videos have.
select min(tag) from videos, unnest(tags) as tag
 where privacy = 1 and state = 1
 group by lower(tag) having count(*) >= $1 order by random() limit $2
