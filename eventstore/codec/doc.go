// Package codec turns domain events into the bytes of the log and back: canonical JSON, personal fields sealed, old schema
// versions raised to today's.
//
// It may import domain/kernel, the ports of eventstore, and eventstore/upcast. Encoding uses encoding/json, because the
// bytes are kept and hashed for ever; decoding uses goccy/go-json, because replay is the hot path. Read registry.go first.
package codec
