-- Packages that are or were in use; there are few.
select p.package, p.installed, p.created_at, p.updated_at from plugins p order by p.npm_name collate "C"
