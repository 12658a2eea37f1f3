// Package effects does what follows from an event and touches files, the network or the clock: pictures of a video, its
// master playlist, removal of files that nothing refers to any more.
//
// Effects.Apply asks for the work in the transaction that acknowledges the event; the workers below carry it out, can be
// repeated without harm, and report by a command. It may import domain/…, commands, the eventstore ports, workers/queue,
// workers/media and internal. Read effects.go first.
package effects
