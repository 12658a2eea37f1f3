// Package memory is the event store in memory: for unit tests, and the oracle that the PostgreSQL adapter is compared with.
// It applies one append after the other under a mutex, plainly, so that it can be believed.
//
// It may import the ports only. Read append.go first.
package memory
