-- Bytes a user holds, and those reserved since a moment (the rolling day of the daily quota).
select coalesce((select bytes from storage where user_id = $1), 0),
       coalesce((select sum(bytes) from storage_reservations where user_id = $1 and reserved_at > $2), 0)::bigint
