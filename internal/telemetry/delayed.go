package telemetry

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"
)

const (
	// writeAfter is how long a line of the log waits for others, so that a busy server does not call the system for each.
	writeAfter = 100 * time.Millisecond
	// writeAt is how many bytes wait at most.
	writeAt = 16 << 10
)

// delayed gathers records and writes them together: after a moment, when there are many, or when somebody asks.
type delayed struct {
	mutex   sync.Mutex
	out     io.Writer
	waiting []byte
	timer   *time.Timer // runs while something waits
	ended   bool        // then nothing waits any more
}

func newDelayed(out io.Writer) *delayed {
	d := &delayed{out: out}
	d.timer = time.AfterFunc(time.Hour, func() { _ = d.flush() })
	d.timer.Stop()
	return d
}

// Write takes one whole record. What goes wrong with writing it later is lost, as a log has nowhere to complain to.
func (d *delayed) Write(record []byte) (int, error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if len(d.waiting) == 0 {
		d.timer.Reset(writeAfter)
	}
	d.waiting = append(d.waiting, record...)
	if len(d.waiting) >= writeAt || d.ended {
		return len(record), d.write()
	}
	return len(record), nil
}

func (d *delayed) flush() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.write()
}

// end writes what waits; from then on records are written as they come.
func (d *delayed) end() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.ended = true
	return d.write()
}

func (d *delayed) write() error {
	if len(d.waiting) == 0 {
		return nil
	}
	d.timer.Stop()
	_, err := d.out.Write(d.waiting)
	d.waiting = d.waiting[:0]
	return err
}

// Flush writes what the logger of a server has gathered, for those who read the log next.
func Flush(logger *slog.Logger) {
	if h, ok := logger.Handler().(contextHandler); ok {
		h.flush()
	}
}

// outputs are the writers of one logger that gather.
type outputs []*delayed

func (o outputs) flush() {
	for _, d := range o {
		_ = d.flush()
	}
}

func (o outputs) end() {
	for _, d := range o {
		_ = d.end()
	}
}

// handle gives a record to the handlers behind. One that tells of trouble is written at once, with all before it: the process may
// not live to write it later.
func (o outputs) handle(ctx context.Context, h slog.Handler, record slog.Record) error {
	err := h.Handle(ctx, record)
	if record.Level >= slog.LevelWarn {
		o.flush()
	}
	return err
}
