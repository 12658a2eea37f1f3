// Package uploads receives files in parts, in uploadx's dialect of resumable uploads as PeerTube speaks it: a POST announces a
// file, PUTs bring its parts, and the last one's answer says what has become of it. What that is, a Purpose says.
//
// A part is acknowledged once it is on disk. Sessions outlive the server, and the end of an upload can be asked for again: the
// same command id makes nothing twice.
//
// It may import commands, api/authn, api/rest/…, domain/kernel and internal. Read uploads.go, then begin.go and part.go.
package uploads
