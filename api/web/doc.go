// Package web serves the web client: its files, and its page under every address of the site, with title, preview tags and
// configuration filled in. The client may be the one in the binary or another that was built, such as PeerTube's.
//
// It may import queries of projections, api/shape and internal. Read web.go first.
package web
