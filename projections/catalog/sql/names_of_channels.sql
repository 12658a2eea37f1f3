-- All channels, for crawlers, the newest last.
select handle from channels order by created_at, number
