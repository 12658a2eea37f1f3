package eventstore

import (
	"fmt"
	"time"
)

// Fault is one thing that a check of the log found wrong.
type Fault struct {
	// Position of the event, 0 where the fault is not about one event.
	Position Position `json:"position,omitempty"`
	// What is wrong, for people.
	What string `json:"what"`
}

// Error says where and what.
func (f Fault) Error() string {
	if f.Position == 0 {
		return f.What
	}
	return fmt.Sprintf("event %d: %s", f.Position, f.What)
}

// Verifier holds the events of a log, handed to it in order from the first one on, against what every append promises: positions
// without holes, time that never goes back, and a leaf hash that covers the event as it is stored. It remembers one event, so it
// can check a log of any length; versions within streams need all of them and are the store's to check.
type Verifier struct {
	position   Position
	recordedAt time.Time
}

// Position is that of the last event that was checked.
func (v *Verifier) Position() Position { return v.position }

// Check answers what is wrong with the next event, nothing when all is as it was written.
func (v *Verifier) Check(r *Recorded) []Fault {
	var faults []Fault
	found := func(format string, a ...any) {
		faults = append(faults, Fault{Position: r.Position, What: fmt.Sprintf(format, a...)})
	}
	if r.Position != v.position+1 {
		found("follows %d: %d events between them are missing", v.position, r.Position-v.position-1)
	}
	if r.RecordedAt.Before(v.recordedAt) {
		found("is dated %s, before the one in front of it (%s)", r.RecordedAt.Format(time.RFC3339Nano), v.recordedAt.Format(time.RFC3339Nano))
	}
	if r.Leaf() != r.LeafHash {
		found("%s of %s is not what was written: its hash does not fit", r.Type, r.Stream)
	}
	v.position, v.recordedAt = r.Position, r.RecordedAt
	return faults
}
