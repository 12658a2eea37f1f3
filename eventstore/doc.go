// Package eventstore is the port to the log: the envelope of a recorded event, what an append says and how it can fail,
// and the interfaces that the PostgreSQL and memory adapters implement.
//
// It may import domain/kernel and nothing else of this module; it holds no SQL. Read log.go first.
package eventstore
