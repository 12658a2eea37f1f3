// Package events holds the JSON Schema and an example of every event payload, per type and version, generated from the Go
// structs. Its test fails when a struct has changed and the files have not; `go generate ./schema/events` writes them anew.
package events

//go:generate go test . -run TestEventSchemas -update
