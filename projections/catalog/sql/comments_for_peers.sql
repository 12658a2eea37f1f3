-- How many comments of a video $1 other instances are told of, and the numbers of some of them.
with shown as (select c.number, c.created_at from comments c where c.video_id = $1 and not c.held_for_review)
select (select count(*) from shown), page.number
  from (select 1) one
  left join (select number, created_at from shown order by created_at, number limit $2 offset $3) page on true
 order by page.created_at, page.number
