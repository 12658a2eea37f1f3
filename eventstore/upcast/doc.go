// Package upcast raises stored payloads of old schema versions to the version of today, as pure functions on raw JSON.
//
// It may import the standard library and domain/kernel. Stored bytes never change: an event is raised each time it is
// read, so a step must be deterministic and must not look at anything but its input. Read registry.go first.
package upcast
