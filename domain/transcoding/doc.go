// Package transcoding holds the rules of turning an upload into what browsers play: which resolutions, at which frame
// rate and bitrate, what may be copied instead of encoded, how the files are named and what the HLS text files say.
//
// The numbers and the quirks are PeerTube 6.3's, so that an instance moved here produces the same set of files; where a
// rule is deliberately better it says so. Everything is pure: a Probe and a Policy go in, decisions come out. Running
// ffmpeg is the business of workers/media.
//
// It may import the standard library and domain/kernel only. Read plan.go first.
package transcoding
