package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"vidilog/projections/engine"
)

// projectionCommands look after read models.
type projectionCommands struct {
	List    projectionsList    `cmd:"" help:"List read models and their builds."`
	Status  projectionsStatus  `cmd:"" help:"Say how far read models are behind the log, and why one stands still."`
	Rebuild projectionsRebuild `cmd:"" help:"Build read models anew from the log and put them in the place of the live ones, with no downtime."`
	Verify  projectionsVerify  `cmd:"" help:"Replay the log beside the live read models and compare."`
}

// connectEngine opens the read models of a server without running them.
func connectEngine(ctx context.Context, c *cli) (*core, *engine.Engine, error) {
	k, err := attach(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	e, err := engine.Connect(ctx, k.dsn, engine.FromTail(k.tail, k.log), definitions(), engine.Options{Logger: k.logger})
	if err != nil {
		k.close()
		return nil, nil, err
	}
	k.closeLater(e.Close)
	running, stop := context.WithCancel(ctx)
	k.closeLater(stop)
	go func() { _ = k.tail.Run(running) }()
	return k, e, nil
}

// chosen are the models named, or all.
func chosen(e *engine.Engine, names []string, all bool) ([]string, error) {
	if all == (len(names) > 0) {
		return nil, fmt.Errorf("name read models, or give --all; there are %v", e.Models())
	}
	if all {
		return e.Models(), nil
	}
	for _, n := range names {
		if !slices.Contains(e.Models(), n) {
			return nil, fmt.Errorf("there is no read model %q; there are %v", n, e.Models())
		}
	}
	return names, nil
}

type projectionsList struct {
	JSON bool `name:"json" help:"One JSON object per build."`
}

// Run lists builds.
func (l *projectionsList) Run(ctx context.Context, c *cli) error {
	k, e, err := connectEngine(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	t := newTable("read model", "version", "build", "schema", "state", "position", "started")
	for _, name := range e.Models() {
		builds, err := e.Builds(ctx, name)
		if err != nil {
			return err
		}
		for _, b := range builds {
			if b.State == engine.Dropped {
				continue
			}
			if l.JSON {
				if err := printJSON(b); err != nil {
					return err
				}
				continue
			}
			t.AppendRow([]any{b.Model, b.Version, b.Number, b.Schema, b.State, b.Position, clock(b.StartedAt)})
		}
	}
	if !l.JSON {
		t.Render()
	}
	return nil
}

type projectionsStatus struct {
	JSON bool `name:"json" help:"One JSON object per read model."`
}

type modelStatus struct {
	Model    string       `json:"model"`
	Position int64        `json:"position"`
	Head     int64        `json:"head"`
	Behind   int64        `json:"behind"`
	Stopped  *engine.Stop `json:"stopped,omitempty"`
}

// Run says how far models are.
func (s *projectionsStatus) Run(ctx context.Context, c *cli) error {
	k, e, err := connectEngine(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	t := newTable("read model", "position", "head", "behind", "state")
	for _, name := range e.Models() {
		builds, err := e.Builds(ctx, name)
		if err != nil {
			return err
		}
		head, err := k.log.Head(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(builds, func(b engine.Build) bool { return b.State == engine.Live })
		if i < 0 {
			t.AppendRow([]any{name, "–", head, "–", "not built; start the server"})
			continue
		}
		live := builds[i]
		status := modelStatus{Model: name, Position: int64(live.Position), Head: int64(head), Behind: int64(head - live.Position), Stopped: live.Stop}
		if s.JSON {
			if err := printJSON(status); err != nil {
				return err
			}
			continue
		}
		state := "follows"
		if live.Stop != nil {
			state = fmt.Sprintf("stands still at %d %s: %s", live.Stop.Position, live.Stop.Type, live.Stop.Reason)
		}
		t.AppendRow([]any{name, live.Position, head, status.Behind, state})
	}
	if !s.JSON {
		t.Render()
	}
	return nil
}

type projectionsRebuild struct {
	Names []string `arg:"" optional:"" help:"Read models to rebuild."`
	All   bool     `help:"All of them."`
	JSON  bool     `name:"json" help:"One JSON object per read model."`
}

type rebuiltModel struct {
	Model   string  `json:"model"`
	Schema  string  `json:"schema"`
	Events  int64   `json:"events"`
	Seconds float64 `json:"seconds"`
	Rate    float64 `json:"eventsPerSecond"`
	Digest  string  `json:"digest"`
	Differs bool    `json:"differs"`
}

// Run rebuilds. The server, when one runs, takes the new builds over within a second.
func (r *projectionsRebuild) Run(ctx context.Context, c *cli) error {
	k, e, err := connectEngine(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	names, err := chosen(e, r.Names, r.All)
	if err != nil {
		return err
	}
	t := newTable("read model", "new schema", "events", "seconds", "events/s", "compared with the live one")
	var failures []error
	for _, name := range names {
		progress := &bars{}
		done, err := e.Rebuild(ctx, name, progress.tell)
		progress.end()
		if err != nil {
			failures = append(failures, err)
			continue
		}
		m := rebuiltModel{
			Model: name, Schema: done.Build.Schema, Events: int64(done.Events), Seconds: done.Duration.Seconds(),
			Rate: float64(done.Events) / done.Duration.Seconds(), Digest: done.New.String(), Differs: done.Differs(),
		}
		if r.JSON {
			failures = append(failures, printJSON(m))
			continue
		}
		outcome := "same"
		switch {
		case !done.Compared:
			outcome = "not compared: there was none of this version"
		case m.Differs:
			outcome = "DIFFERENT: the live rows were not what the log gives"
		}
		t.AppendRow([]any{m.Model, m.Schema, m.Events, fmt.Sprintf("%.2f", m.Seconds), fmt.Sprintf("%.0f", m.Rate), outcome})
	}
	if !r.JSON {
		t.Render()
	}
	return errors.Join(failures...)
}

type projectionsVerify struct {
	Names []string `arg:"" optional:"" help:"Read models to verify."`
	All   bool     `help:"All of them."`
	JSON  bool     `name:"json" help:"One JSON object per read model."`
}

type verifiedModel struct {
	Model    string  `json:"model"`
	Position int64   `json:"position"`
	Same     bool    `json:"same"`
	Live     string  `json:"live"`
	Replay   string  `json:"replay"`
	Seconds  float64 `json:"seconds"`
}

// Run verifies; it fails when a model differs from a fresh replay.
func (v *projectionsVerify) Run(ctx context.Context, c *cli) error {
	k, e, err := connectEngine(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	names, err := chosen(e, v.Names, v.All)
	if err != nil {
		return err
	}
	t := newTable("read model", "position", "rows", "digest", "seconds")
	var failures []error
	for _, name := range names {
		progress := &bars{}
		done, err := e.Verify(ctx, name, progress.tell)
		progress.end()
		if err != nil {
			failures = append(failures, err)
			continue
		}
		m := verifiedModel{
			Model: name, Position: int64(done.Live.Position), Same: done.Same(), Live: done.Live.String(), Replay: done.Replay.String(),
			Seconds: done.Duration.Seconds(),
		}
		rows := "as the log says"
		if !m.Same {
			rows = "DIFFERENT from the log"
			failures = append(failures, fmt.Errorf("read model %s differs from a replay of the log: rebuild it", name))
		}
		if v.JSON {
			failures = append(failures, printJSON(m))
			continue
		}
		t.AppendRow([]any{m.Model, m.Position, rows, m.Live[:16], fmt.Sprintf("%.2f", m.Seconds)})
	}
	if !v.JSON {
		t.Render()
	}
	return errors.Join(failures...)
}
