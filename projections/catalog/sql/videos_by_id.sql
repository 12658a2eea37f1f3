-- Videos in the order asked for, with channel, account and counters.
select v.id, v.number, v.owner_id, v.privacy, v.state,
       greatest(v.revision, ch.revision, a.revision), greatest(v.revision, ch.touched, a.revision),
       n.views, n.likes, n.dislikes, n.comments,
       v.name, v.category, v.licence, v.language, v.description, v.support, v.nsfw, v.nsfw_flags, v.nsfw_summary, v.tags, v.comments_policy,
       v.download_enabled, v.wait_transcoding, v.originally_published_at, v.scheduled_at, v.scheduled_privacy, v.failure, v.private_files, v.seconds,
       v.aspect_ratio, v.thumbnail, v.preview, v.created_at, v.updated_at, v.published_at, v.source_replaced_at,
       {channel}, {account}
  from unnest((select $1::uuid[])) with ordinality as wanted(id, place)
  join videos v on v.id = wanted.id
  join video_counters n on n.video_id = v.id
  join channels ch on ch.id = v.channel_id
  join accounts a on a.id = ch.account_id
  left join users u on u.id = a.user_id
 order by wanted.place
