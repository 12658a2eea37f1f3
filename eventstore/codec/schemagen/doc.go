// Package schemagen derives JSON Schemas and examples of the stored payloads from the Go structs of the events. It runs in
// the test of schema/events and under go generate, never in the server.
//
// It may import eventstore/codec and what that imports. Read generate.go first.
package schemagen
