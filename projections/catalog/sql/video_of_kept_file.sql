-- Whose original a file is: asked before it is handed out.
select v.id, v.number, v.owner_id, v.privacy, v.state,
       greatest(v.revision, ch.revision, a.revision), greatest(v.revision, ch.touched, a.revision),
       n.views, n.likes, n.dislikes, n.comments
  from video_sources s
  join videos v on v.id = s.video_id
  join video_counters n on n.video_id = v.id
  join channels ch on ch.id = v.channel_id
  join accounts a on a.id = ch.account_id
 where s.kept_name = $1
