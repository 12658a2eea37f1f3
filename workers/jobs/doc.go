// Package jobs does media jobs on this machine: it keeps the list of jobs that are to be had, takes one under a lease, runs
// ffmpeg and reports the outcome as a command.
//
// A job's output names are part of its order, so a second attempt overwrites what the first left. It may import domain/…,
// commands, the eventstore ports, workers/media and internal. Read worker.go first.
package jobs
