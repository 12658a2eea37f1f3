-- Which videos a list has: keys and revisions, from which the encoded fragments are found. The page is cut first, so that
-- only its rows are joined. {…} is filled in by list.go.
select v.id, v.number, v.owner_id, v.privacy, v.state,
       greatest(v.revision, ch.revision, a.revision), greatest(v.revision, ch.touched, a.revision),
       n.views, n.likes, n.dislikes, n.comments
  from (select v.id, v.number, v.owner_id, v.privacy, v.state, v.channel_id, v.revision, {by} as place
          from {from}
         where {where}
         order by {by} {dir}, {number}
         limit {limit} offset {offset}) v
  join video_counters n on n.video_id = v.id
  join channels ch on ch.id = v.channel_id
  join accounts a on a.id = ch.account_id
 order by v.place {dir}, v.number
