-- How many people have an account.
select count(*) from accounts a where a.user_id is not null
