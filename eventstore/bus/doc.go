// Package bus gives the log to Watermill handlers: by position, in order per key, at least once, and with effects in
// PostgreSQL exactly once.
//
// A group of consumers has one checkpoint: everything up to it is done. Its events are worked on in several lanes; events
// of one key (the stream, unless the group says otherwise) go one after the other, and a key that is slow or fails holds
// nobody else back. A key that keeps failing is parked, with its later events behind it, until somebody decides.
//
// It may import eventstore, its codec and tail, domain/kernel, schema/migrations, pgx and Watermill. Read bus.go, then
// session.go.
package bus
