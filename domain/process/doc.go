// Package process holds the process managers (sagas): pure functions from their own folded state and one event to their own
// next events and the commands they want. They see the event, their state and facts carried in events; no read model, no
// clock, no configuration. workers/process runs them and appends their events and those of the commands atomically.
//
// It may import domain/…. Read manager.go first, then transcoding.go.
package process
