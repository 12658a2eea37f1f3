// Package audit is the read model of who did what, and why: the envelopes of all events, without their payload.
//
// It answers what one stream, one actor or one request did, what led to an event, and what an event led to. Payloads stay in
// the log, sealed where they are personal, so that erasing a person has nothing to rewrite here.
//
// It may import projections/engine and pgx. Read model.go first, then queries.go.
package audit
