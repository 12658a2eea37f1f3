-- The instance now. Sizes are added up over all files: ask once in a while, not for every page.
select coalesce(sum(t.users), 0)::bigint, coalesce(sum(t.videos), 0)::bigint, coalesce(sum(t.views), 0)::bigint,
       (select coalesce(sum(f.bytes), 0) from files f)::bigint
  from totals t
