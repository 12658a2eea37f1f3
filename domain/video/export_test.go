package video

// ChaptersIn are those that a description names, ChaptersOf those of a file.
var (
	ChaptersIn = chaptersIn
	ChaptersOf = chaptersOf
)
