// Package manifest is the read model of the files that must exist: what the log says is on disk, by area, video and name.
//
// The reconciler compares it with the folders: a file that is here and not there is a fault, one that is there and not here is
// left over from a crash. A file enters with the event that says it is complete and leaves with the one that says it is no
// longer part of its video, so files of replaced playlists and deleted videos are left-overs until they are removed.
//
// It may import event types of domain, projections/engine and pgx. Read model.go first, then queries.go.
package manifest
