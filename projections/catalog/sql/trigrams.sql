-- Where the extension for similar texts is, in the form that statements name it. Nothing without it.
select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'
