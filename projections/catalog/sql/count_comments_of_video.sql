-- How many threads a video $1 has, and how many comments that are not deleted, as somebody sees them: $2 who sees all that are held
-- for review, or the person $3 whose own are seen. There are none where the author wants no comments.
select count(*) filter (where c.in_reply_to = 0), count(*) filter (where c.deleted_at is null)
  from comments c
  join videos v on v.id = c.video_id
 where c.video_id = $1 and v.comments_policy <> 2
   and (not c.held_for_review or $2 or c.account_id = (select u.account_id from users u where u.id = $3))
