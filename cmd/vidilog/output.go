package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/schollz/progressbar/v3"

	"vidilog/projections/engine"
)

// printJSON writes one value per line, for programs.
func printJSON(value any) error {
	line, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = fmt.Println(string(line))
	return err
}

// newTable is a table for people on standard output.
func newTable(header ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(os.Stdout)
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.Options{SeparateColumns: true, SeparateHeader: true}
	t.AppendHeader(header)
	return t
}

// bars shows the progress of builds on standard error, a bar per phase.
type bars struct {
	bar   *progressbar.ProgressBar
	phase string
}

// quietBelow is the number of events from which a build takes long enough to be worth a bar.
const quietBelow = 5_000

func (b *bars) tell(p engine.Progress) {
	b.show(fmt.Sprintf("%s v%d %s", p.Model, p.Version, p.Phase), int64(p.Done), int64(p.Total))
}

// show moves the bar of a phase, and begins it when the phase is a new one.
func (b *bars) show(phase string, done, total int64) {
	if total < quietBelow {
		return
	}
	if b.bar == nil || b.phase != phase {
		b.end()
		b.phase = phase
		b.bar = progressbar.NewOptions64(max(1, total),
			progressbar.OptionSetDescription(phase), progressbar.OptionSetWriter(os.Stderr), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("events"), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	b.bar.ChangeMax64(max(1, total))
	_ = b.bar.Set64(done)
}

func (b *bars) end() {
	if b.bar != nil {
		_ = b.bar.Finish()
		b.bar = nil
	}
}

func clock(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05.000") }
