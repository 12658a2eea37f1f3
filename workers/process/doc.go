// Package process runs the process managers of domain/process on the bus: it folds the process's stream, lets the manager
// react to an event and appends the manager's events together with those of the commands it wants, in one append.
//
// The command id derives from the event and the process, so an event that comes again after a crash is a no-op. A command
// that an aggregate refuses becomes a declined event; a fault is returned, and the bus tries again or parks the process
// instance. It may import domain/…, commands and the eventstore ports. Read runner.go first.
package process
