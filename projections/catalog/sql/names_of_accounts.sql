-- All accounts of people, for crawlers, the newest last.
select name from accounts where user_id is not null order by created_at, number
