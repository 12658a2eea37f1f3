package tail

import (
	"log/slog"
	"time"
)

// Options adjust a Tail. Zero values mean the defaults.
type Options struct {
	// Poll is how long the tail trusts the watcher's silence before it looks itself; 1 s.
	Poll time.Duration
	// RingBytes bounds the decoded events kept for cursors at the head, by an estimate of their memory; 16 MiB.
	RingBytes int
	// PageEvents bounds one read of a cursor that catches up; 5,000, from where larger pages brought nothing in the probe.
	PageEvents int
	// PageBytes bounds the payloads of such a page: the page shrinks when events are large; 8 MiB. A cursor that catches up
	// holds at most four pages. The bound follows the last page's average, so the first large events may exceed it once.
	PageBytes int
	// Logger is told of reads that fail and are tried again; slog.Default().
	Logger *slog.Logger
}

// headPage bounds one read at the head. A group commit is far below it, so one read takes all of it.
const headPage = 1_000

// eventOverhead is what a decoded event costs beside its payload: the envelope and the headers of its strings.
const eventOverhead = 512

func (o Options) withDefaults() Options {
	if o.Poll <= 0 {
		o.Poll = time.Second
	}
	if o.RingBytes <= 0 {
		o.RingBytes = 16 << 20
	}
	if o.PageEvents <= 0 {
		o.PageEvents = 5_000
	}
	if o.PageBytes <= 0 {
		o.PageBytes = 8 << 20
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}
