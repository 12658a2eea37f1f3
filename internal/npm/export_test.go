package npm

// Unpack writes the files of an archive into a folder; MaxFiles and MaxBytes are what it writes at most.
var Unpack = unpack

const (
	MaxFiles = maxFiles
	MaxBytes = maxBytes
)
