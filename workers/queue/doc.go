// Package queue runs operational work: everything that touches files, the network or the clock and that no remote runner
// could do. River keeps it; what it holds may be disposed of, the outcomes are events.
//
// A consumer of the log inserts work in the transaction that acknowledges the event, so an effect is asked for exactly
// once; it may be tried several times. It may import River, pgx and internal. Read queue.go first.
package queue
