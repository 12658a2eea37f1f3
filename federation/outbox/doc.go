// Package outbox makes the ActivityPub objects that this instance shows of what it has: actors, videos, collections and
// activities, from the rows of the catalog.
//
// It may import federation/vocab, queries of projections and domain/…. Read addresses.go, then video.go.
package outbox
