-- Videos by their views since a day, then by all their views. The few that were watched lately are sorted; behind them the
-- rest follow along the index of all views, so that nothing is sorted that does not end near the page.
with watched as materialized (
    select w.video_id, sum(w.views) as score from video_views w where w.day >= {since} group by w.video_id
), page as (
    (select v.id, v.number, v.owner_id, v.privacy, v.state, v.channel_id, v.revision, s.score, c.views
       from watched s
       join video_counters c on c.video_id = s.video_id
       join videos v on v.id = s.video_id
      where {where}
      order by s.score {dir}, c.views {dir}, c.number
      limit {end})
    union all
    (select v.id, v.number, v.owner_id, v.privacy, v.state, v.channel_id, v.revision, 0, c.views
       from video_counters c
       join videos v on v.id = c.video_id
      where {where}
        and c.video_id not in (select s.video_id from watched s)
      order by c.views {dir}, c.number
      limit {end})
)
select v.id, v.number, v.owner_id, v.privacy, v.state,
       greatest(v.revision, ch.revision, a.revision), greatest(v.revision, ch.touched, a.revision),
       n.views, n.likes, n.dislikes, n.comments
  from (select * from page order by score {dir}, views {dir}, number limit {limit} offset {offset}) v
  join video_counters n on n.video_id = v.id
  join channels ch on ch.id = v.channel_id
  join accounts a on a.id = ch.account_id
 order by v.score {dir}, v.views {dir}, v.number
