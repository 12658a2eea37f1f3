// Package commands is the in-process command bus: every change of state is a command that runs through one pipeline and
// ends in one atomic append.
//
// The pipeline: trace → known already? → authenticate (401) → right (403) → validate (400) → load (404) → owner (403) →
// decide → append. A lost race against another writer repeats load and decide. Aggregates' commands are in the folders
// below, one file each.
//
// It may import domain/… and the eventstore ports. Read pipeline.go first, then work.go.
package commands
