// Package catalog is the read model of what pages show and join: users, accounts, channels, videos with their files and
// playlists, counters, storage in use.
//
// Rows carry a revision, the position of the last event that changed what the public sees of them. Encoded fragments can be
// kept by (video, revision): lists answer keys first, and only what is not at hand is read whole. Counters (views, likes,
// dislikes, comments) have a table of their own and change no revision.
//
// It may import event types of domain, projections/engine and pgx. Read model.go for the tables, video.go for how events
// change them, list.go for the hot query.
package catalog
