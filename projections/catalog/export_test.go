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
	CommentSQL     = commentSQL
	ThreadsSQL     = threadsInOrder("createdAt", false)
	ThreadSQL      = commentsOfThreadSQL
	// ListCommentsStatement is the list for those who look after comments.
	ListCommentsStatement = listCommentsStatement
	// WithTrigrams is a search in a database that has the extension.
	WithTrigrams   = func(f Filter) Filter { f.trigrams = "public"; return f }
	CountStatement = func(f Filter) (string, []any) { t := totalOf(f); return t.sql, t.args }
)
