-- The comments of a thread $1 as somebody sees them: $2 who sees all that are held for review, or the person $3 whose own are seen.
-- There are none where the video's author wants no comments. Events are dated in the order of the log and numbers drawn before, so
-- that what is answered comes first.
select {comment}, coalesce(c.account_id = v.account_id, false)
  from comments c
  join videos v on v.id = c.video_id
 where c.thread = $1 and v.comments_policy <> 2
   and (not c.held_for_review or $2 or c.account_id = (select u.account_id from users u where u.id = $3))
 order by c.created_at, c.number
