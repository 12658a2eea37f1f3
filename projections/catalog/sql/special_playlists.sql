-- Playlists that an account has from its beginning: type 1 is what people make.
select l.number, l.display_name, l.type from playlists l where l.account_id = $1 and l.type <> 1 order by l.number
