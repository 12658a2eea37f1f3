-- Reports of abuse. {where} and {by} are filled in by list_abuses.go. What is gone shows as it was when it was reported.
select b.id, b.number, b.reporter_id, b.reason, b.predefined_reasons, b.state, b.note, b.created_at, b.updated_at,
       b.reporter_account_id, b.flagged_account_id,
       (select count(*) from abuse_messages m where m.abuse_id = b.id),
       (select count(*) from abuses o where o.reporter_account_id = b.reporter_account_id),
       (select count(*) from abuses o where o.flagged_account_id = b.flagged_account_id),
       b.video_id, b.video_number, coalesce(v.name, b.video_name), coalesce(v.nsfw, b.video_nsfw), b.start_at, b.end_at,
       v.id is null, coalesce(v.thumbnail, ''), coalesce(v.channel_id, b.channel_id), b.channel_number, b.channel_handle, b.channel_name,
       (select count(*) from abuses o where o.video_id = b.video_id),
       (select count(*) from abuses o where o.video_id = b.video_id and (o.created_at, o.number) <= (b.created_at, b.number)),
       b.comment_number, b.comment_thread, coalesce(c.text, ''), c.number is null or c.deleted_at is not null, b.comment_video_id,
       b.comment_video_number, coalesce(cv.name, b.comment_video_name)
{from}
 where {where}
 order by {by}
