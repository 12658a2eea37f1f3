-- Reports of the instance, and how long the newer ones took in milliseconds, null for none.
select count(*), count(*) filter (where processed_at is not null or state <> 1),
       (avg(extract(epoch from processed_at - created_at) * 1000) filter (where processed_at is not null and created_at > $1))::float8
  from abuses
