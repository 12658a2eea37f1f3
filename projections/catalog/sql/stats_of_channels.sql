-- What channels hold and how they are watched, by day from $2 to $3.
select ch.id,
       (select count(*) from videos v where v.channel_id = ch.id),
       (select coalesce(sum(c.views), 0)::bigint from videos v join video_counters c on c.video_id = v.id where v.channel_id = ch.id),
       array(select coalesce(sum(w.views), 0)::bigint
               from generate_series($2::integer, $3::integer) as days(day)
               left join (video_views w join videos v on v.id = w.video_id and v.channel_id = ch.id) on w.day = days.day
              group by days.day
              order by days.day)
  from channels ch
 where ch.id = any($1)
