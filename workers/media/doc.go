// Package media runs ffprobe and ffmpeg: it looks at uploads, makes web videos and HLS files of them and takes pictures
// out of them. What is to be made is decided by domain/transcoding; this package only knows how.
//
// Uploads are hostile. Every run reads local files only (protocol whitelist), in known containers only (a playlist that
// claims to be a video could name other files of this machine), without the environment of the server, in a process
// group of its own that dies with the context. Files appear under their final names complete and on disk, or not at all.
//
// It may import domain/kernel, domain/transcoding, internal/failpoint and the standard library. Read media.go first.
package media
