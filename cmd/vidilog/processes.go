package main

import (
	"context"
	"fmt"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/bus"
)

// processCommands look after consumers of the log and what is parked.
type processCommands struct {
	List  processesList  `cmd:"" help:"List process managers and effects: how far they are, and which of their instances are parked."`
	Retry processesRetry `cmd:"" help:"Let a parked instance try again."`
	Skip  processesSkip  `cmd:"" help:"Leave out the event that a parked instance fails at. This is recorded."`
}

func connectBus(ctx context.Context, c *cli) (*core, *bus.Bus, error) {
	k, err := attach(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	b, err := bus.Open(ctx, k.ops, nil, nil, nil, bus.Options{Logger: k.logger})
	if err != nil {
		k.close()
		return nil, nil, err
	}
	return k, b, nil
}

type processesList struct {
	JSON bool `name:"json" help:"One JSON object per line: the groups, then the parked events."`
}

// Run lists groups and parked events.
func (l *processesList) Run(ctx context.Context, c *cli) error {
	k, b, err := connectBus(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	groups, err := b.Groups(ctx)
	if err != nil {
		return err
	}
	parked, err := b.Parked(ctx)
	if err != nil {
		return err
	}
	head, err := k.log.Head(ctx)
	if err != nil {
		return err
	}
	if l.JSON {
		for _, g := range groups {
			if err := printJSON(g); err != nil {
				return err
			}
		}
		for _, p := range parked {
			if err := printJSON(p); err != nil {
				return err
			}
		}
		return nil
	}
	t := newTable("process or effect", "done up to", "head", "parked")
	for _, g := range groups {
		t.AppendRow([]any{g.Group, g.Checkpoint, head, g.Parked})
	}
	t.Render()
	if len(parked) == 0 {
		fmt.Println("nothing is parked")
		return nil
	}
	p := newTable("process or effect", "instance", "event", "attempts", "since", "error")
	for _, e := range parked {
		p.AppendRow([]any{e.Group, e.Key, e.Position, e.Attempts, clock(e.ParkedAt), e.Error})
	}
	p.Render()
	return nil
}

type processesRetry struct {
	Group string `arg:"" help:"The process or effect, as list names it."`
	Key   string `arg:"" help:"The instance, as list names it."`
}

// Run lets a parked instance try again.
func (r *processesRetry) Run(ctx context.Context, c *cli) error {
	k, b, err := connectBus(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	if err := b.Retry(ctx, r.Group, r.Key); err != nil {
		return err
	}
	fmt.Printf("%s tries %s again as soon as a server runs it\n", r.Group, r.Key)
	return nil
}

type processesSkip struct {
	Group    string `arg:"" help:"The process or effect, as list names it."`
	Key      string `arg:"" help:"The instance, as list names it."`
	Position int64  `arg:"" help:"The event, as list names it."`
	Reason   string `help:"Why the event is left out." required:""`
}

// Run leaves out an event.
func (s *processesSkip) Run(ctx context.Context, c *cli) error {
	k, b, err := connectBus(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	err = b.Skip(ctx, s.Group, s.Key, eventstore.Position(s.Position), kernel.System("command line"), s.Reason)
	if err != nil {
		return err
	}
	fmt.Printf("%s leaves out event %d of %s and goes on\n", s.Group, s.Position, s.Key)
	return nil
}
