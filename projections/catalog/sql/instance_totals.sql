-- What there is on the instance, for its statistics. Adds up files and views: ask once in a while.
select (select count(*) from users)::bigint,
       (select count(*) from users where role = 0)::bigint,
       (select count(*) from users where role = 1)::bigint,
       v.videos, v.views, v.comments,
       (select coalesce(sum(f.bytes), 0) from video_files f)::bigint,
       (select count(*) from channels)::bigint,
       a.day, a.week, a.month
  from (select count(*) filter (where n.privacy = 1 and n.state = 1)::bigint as videos, coalesce(sum(n.views), 0)::bigint as views,
               coalesce(sum(n.comments), 0)::bigint as comments
          from video_counters n) v,
       (select count(distinct channel_id) filter (where published_at > $1)::bigint as day,
               count(distinct channel_id) filter (where published_at > $2)::bigint as week,
               count(distinct channel_id)::bigint as month
          from videos where published_at > $3) a
