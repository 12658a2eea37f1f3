package catalog

// The statements, for tests of their plans.
var (
	ListStatement  = listStatement
	VideosByIDSQL  = videosByIDSQL
	FilesSQL       = filesOfVideosSQL
	PlaylistsSQL   = playlistsSQL
	KeyByNumberSQL = videoKeyByNumberSQL
	KeyByIDSQL     = videoKeyByIDSQL
	VideoOfFileSQL = videoOfFileSQL
	ChannelSQL     = channelByHandleSQL
	AccountSQL     = accountByNameSQL
	UserSQL        = userByNameSQL
	CountStatement = func(f Filter) (string, []any) { t := totalOf(f); return t.sql, t.args }
)
