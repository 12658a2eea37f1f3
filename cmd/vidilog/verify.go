package main

import (
	"context"
	"fmt"
	"time"

	"vidilog/eventstore"
)

type eventsVerify struct {
	JSON bool `name:"json" help:"One JSON object per fault, then one with the counts."`
}

// verifiedLog is what the check of a log came to.
type verifiedLog struct {
	Events  eventstore.Position `json:"events"`
	Streams int64               `json:"streams"`
	Faults  int                 `json:"faults"`
	Seconds float64             `json:"seconds"`
}

// Limits of what is told of a broken log, and how many events are read at once.
const (
	toldFaults = 20
	verifyPage = 2_000
)

// Help says what is checked.
func (*eventsVerify) Help() string {
	return `Reads the whole log, beside a running server or without one, and checks: positions have no holes, time never goes back, the
hash of every event fits what is stored, every event can be read, versions within streams have no holes, and the tables that
appends decide on (streams, claims, commands, secrets) say what the events say. Changes nothing. Fails when anything is wrong.`
}

// Run verifies the log.
func (v *eventsVerify) Run(ctx context.Context, c *cli) error {
	k, err := attach(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	started := time.Now()
	done := verifiedLog{}
	tell := func(f eventstore.Fault) error {
		done.Faults++
		switch {
		case done.Faults > toldFaults:
			return nil
		case v.JSON:
			return printJSON(f)
		}
		_, err := fmt.Println("FAULT  " + f.Error())
		return err
	}
	if done.Events, err = k.verifyEvents(ctx, tell); err != nil {
		return err
	}
	ledger, err := k.log.VerifyLedger(ctx, toldFaults)
	if err != nil {
		return err
	}
	for _, f := range ledger.Faults {
		if err := tell(f); err != nil {
			return err
		}
	}
	done.Streams, done.Seconds = ledger.Streams, time.Since(started).Seconds()
	return v.conclude(done)
}

// verifyEvents looks at every event up to the head of now, and answers how far it came.
func (c *core) verifyEvents(ctx context.Context, tell func(eventstore.Fault) error) (eventstore.Position, error) {
	head, err := c.log.Head(ctx)
	if err != nil {
		return 0, err
	}
	progress := &bars{}
	defer progress.end()
	var verifier eventstore.Verifier
	for verifier.Position() < head {
		page, err := c.log.Read(ctx, verifier.Position(), verifyPage)
		if err != nil || len(page) == 0 {
			return verifier.Position(), err
		}
		for i := range page {
			faults := verifier.Check(&page[i])
			if _, err := c.codec.Decode(page[i]); err != nil {
				faults = append(faults, eventstore.Fault{Position: page[i].Position, What: "cannot be read: " + err.Error()})
			}
			for _, f := range faults {
				if err := tell(f); err != nil {
					return verifier.Position(), err
				}
			}
		}
		progress.show("events", int64(verifier.Position()), int64(head))
	}
	return verifier.Position(), nil
}

func (v *eventsVerify) conclude(done verifiedLog) error {
	if v.JSON {
		if err := printJSON(done); err != nil {
			return err
		}
	}
	if done.Faults > 0 {
		return fmt.Errorf("the log is not as it was written: faults found in its %d events: %d", done.Events, done.Faults)
	}
	if v.JSON {
		return nil
	}
	_, err := fmt.Printf("%d events in %d streams: nothing missing, nothing changed (%.1f s)\n", done.Events, done.Streams, done.Seconds)
	return err
}
