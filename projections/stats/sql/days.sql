-- What happened by day, within bounds; days without anything are missing.
select day, users, uploads, deletions, views, uploaded_bytes from days where day between $1 and $2 order by day
