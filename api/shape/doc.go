// Package shape is PeerTube's JSON: what videos, channels and accounts look like in answers, with the field names of 6.3 and
// of 8.x side by side, so that old apps and new clients both find theirs.
//
// It may import queries of projections and internal. Read video.go first.
package shape
