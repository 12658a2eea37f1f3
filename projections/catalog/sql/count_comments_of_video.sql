-- How many threads a video $1 has, and how many comments that are not deleted, as somebody sees them: $2 who sees all that are held
-- for review, or $3 whose own are seen.
select count(*) filter (where c.in_reply_to = 0), count(*) filter (where c.deleted_at is null)
  from comments c
 where c.video_id = $1 and (not c.held_for_review or $2 or c.account_id = $3)
