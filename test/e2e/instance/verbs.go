package instance

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// Event is an event as `vidilog events` prints it.
type Event struct {
	Position int64  `json:"position"`
	Stream   string `json:"stream"`
	Type     string `json:"type"`
	EventID  string `json:"eventId"`
	// Causation is the event that this one followed from; empty when a person's request came first.
	Causation   string          `json:"causation"`
	Correlation string          `json:"correlation"`
	Actor       json.RawMessage `json:"actor"`
	Payload     json.RawMessage `json:"payload"`
}

// Events are all events of a stream and of what the same requests set in motion.
func (i *Instance) Events(ctx context.Context, stream string) ([]Event, error) {
	return lines[Event](i.Run(ctx, "events", "show", "--json", "--cause", "--stream", stream))
}

// Head is the position of the last event in the log.
func (i *Instance) Head(ctx context.Context) (int64, error) {
	list, err := lines[struct {
		Events int64 `json:"events"`
	}](i.Run(ctx, "events", "stats", "--json"))
	if err != nil {
		return 0, err
	}
	return list[0].Events, nil
}

// Verified is a read model held against a replay of the log.
type Verified struct {
	Model    string `json:"model"`
	Position int64  `json:"position"`
	Same     bool   `json:"same"`
	Live     string `json:"live"`
}

// Verify holds all read models against a replay.
func (i *Instance) Verify(ctx context.Context) ([]Verified, error) {
	return lines[Verified](i.Run(ctx, "projections", "verify", "--all", "--json"))
}

// Rebuilt is a read model that was built anew.
type Rebuilt struct {
	Model   string `json:"model"`
	Schema  string `json:"schema"`
	Differs bool   `json:"differs"`
}

// Rebuild builds all read models anew.
func (i *Instance) Rebuild(ctx context.Context) ([]Rebuilt, error) {
	return lines[Rebuilt](i.Run(ctx, "projections", "rebuild", "--all", "--json"))
}

// FilesReport is what comparing the disk with the manifest found.
type FilesReport struct {
	Files     int      `json:"files"`
	Missing   []string `json:"missing"`
	Leftovers []string `json:"leftovers"`
	Young     int      `json:"young"`
}

// CheckFiles compares and changes nothing; Reconcile takes away what nothing refers to. Both judge files of any age.
func (i *Instance) CheckFiles(ctx context.Context) (FilesReport, error) { return i.files(ctx, "check") }

// Reconcile takes away what nothing refers to.
func (i *Instance) Reconcile(ctx context.Context) (FilesReport, error) {
	return i.files(ctx, "reconcile")
}

func (i *Instance) files(ctx context.Context, verb string) (FilesReport, error) {
	list, err := lines[FilesReport](i.Run(ctx, "files", verb, "--older-than", "0s", "--json"))
	if err != nil {
		return FilesReport{}, err
	}
	return list[0], nil
}

// Group is a process manager or effect: how far it is and how many of its instances are parked.
type Group struct {
	Group      string `json:"group"`
	Checkpoint int64  `json:"checkpoint"`
	Parked     int    `json:"parked"`
}

// Groups are all process managers and effects.
func (i *Instance) Groups(ctx context.Context) ([]Group, error) {
	list, err := lines[Group](i.Run(ctx, "processes", "list", "--json"))
	var groups []Group
	for _, g := range list {
		if g.Checkpoint > 0 { // parked events follow the groups and have none
			groups = append(groups, g)
		}
	}
	return groups, err
}

// lines reads one JSON object per line.
func lines[T any](output string, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	var list []T
	for line := range strings.Lines(output) {
		var one T
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			return nil, fmt.Errorf("%w in %q", err, line)
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("nothing was printed")
	}
	return list, nil
}
