// Package catalogtest makes logs for tests and benchmarks of read models: instances with users, channels and any number of
// videos that were uploaded, transcoded, watched, edited and sometimes deleted. The same shape gives the same log, to the byte.
//
// It may import event types of domain, eventstore ports and projections/engine. Read shape.go first.
package catalogtest
