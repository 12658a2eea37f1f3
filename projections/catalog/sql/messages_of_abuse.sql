-- The messages about a report in the order in which they were written.
select number, account_id, by_moderator, message, created_at
  from abuse_messages
 where abuse_id = $1
 order by created_at, number
