-- The comments of a thread $1 as somebody sees them: $2 who sees all that are held for review, or $3 whose own are seen. Events are
-- dated in the order of the log and numbers drawn before, so that what is answered comes first.
select {comment}, coalesce(c.account_id = v.account_id, false)
  from comments c
  join videos v on v.id = c.video_id
 where c.thread = $1 and (not c.held_for_review or $2 or c.account_id = $3)
 order by c.created_at, c.number
