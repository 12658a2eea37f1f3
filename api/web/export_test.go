package web

// For tests of parts that a page only shows together with everything else.
var (
	Shortened    = shortened
	ConfigScript = configScript
	Style        = style
)
