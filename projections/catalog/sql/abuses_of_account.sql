-- How often an account and what is its own was reported, how often rightly, and how often it reported others.
select count(*) filter (where flagged_account_id = $1), count(*) filter (where flagged_account_id = $1 and state = 3),
       count(*) filter (where reporter_account_id = $1)
  from abuses
 where flagged_account_id = $1 or reporter_account_id = $1
