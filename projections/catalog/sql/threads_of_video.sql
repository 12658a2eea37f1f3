-- A page of the threads of a video $1, with how many replies are seen by somebody: $2 who sees all that are held for review, or the
-- person $3 whose own are seen. There are none where the author wants no comments. The order is filled in by comment.go.
with page as (
    select c.*
      from comments c
      join videos v on v.id = c.video_id
     where c.video_id = $1 and c.in_reply_to = 0 and v.comments_policy <> 2
       and (not c.held_for_review or $2 or c.account_id = (select u.account_id from users u where u.id = $3))
     order by {by}
     limit $4 offset $5
)
select {comment}, replies.total, replies.of_author
  from page c
  join videos v on v.id = c.video_id
 cross join lateral (
    select count(*) as total, count(*) filter (where r.account_id = v.account_id) as of_author
      from comments r
     where r.thread = c.number and r.in_reply_to <> 0 and r.deleted_at is null
       and (not r.held_for_review or $2 or r.account_id = (select u.account_id from users u where u.id = $3))
 ) replies
 order by {by}
