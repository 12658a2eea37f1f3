-- Names that hold a text, for completion while typing.
select u.username from users u where u.username like $1 order by u.username collate "C" limit 10
