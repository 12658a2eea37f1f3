package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
)

// Verdict counts what was held against each other; it is given only when everything fits.
type Verdict struct {
	Events       int `json:"events"`
	Streams      int `json:"streams"`
	Commands     int `json:"commands"`
	Acknowledged int `json:"acknowledged"`
	Refused      int `json:"refused"`
	Claims       int `json:"claims"`
	Reactions    int `json:"reactions"`
	Models       int `json:"models"`
}

func (v Verdict) print(out io.Writer) {
	fmt.Fprintf(out, "verified: %d events dense in %d streams, %d commands: %d acknowledged and all there exactly once, %d losers "+
		"with the right error and nothing recorded, %d claims with one winner each, %d reactions of process managers, each once, "+
		"%d read models equal to a fresh replay\n",
		v.Events, v.Streams, v.Commands, v.Acknowledged, v.Refused, v.Claims, v.Reactions, v.Models)
}

// occurrence is what the log holds of one command.
type occurrence struct {
	events      int
	first, last eventstore.Position
}

// verify reads the whole log and holds it against the journals.
func verify(ctx context.Context, dsn string, processes []*process) (Verdict, error) {
	var verdict Verdict
	store, err := openPatiently(ctx, dsn)
	if err != nil {
		return verdict, err
	}
	defer store.Close()
	commands := map[string]*command{}
	for _, p := range processes {
		if err := readJournal(p.task.Journal, commands); err != nil {
			return verdict, err
		}
	}
	verdict.Commands = len(commands)
	reactions := map[string]eventstore.Position{}
	occurrences, err := verifyOrder(ctx, store, reactions, &verdict)
	if err != nil {
		return verdict, err
	}
	if err := verifyReactions(reactions, occurrences, &verdict); err != nil {
		return verdict, err
	}
	if err := verifyCommands(commands, occurrences, &verdict); err != nil {
		return verdict, err
	}
	if err := verifyClaims(ctx, store, commands, occurrences, &verdict); err != nil {
		return verdict, err
	}
	return verdict, verifyModels(ctx, dsn, &verdict)
}

// verifyOrder: positions dense, versions dense in every stream, hashes right, time never backwards.
// On the way it notes which reactions of process managers there must be.
func verifyOrder(
	ctx context.Context, store *postgres.Store, reactions map[string]eventstore.Position, verdict *Verdict,
) (map[string]*occurrence, error) {
	occurrences := map[string]*occurrence{}
	versions := map[kernel.StreamID]eventstore.Version{}
	var order eventstore.Verifier
	for {
		page, err := store.Read(ctx, order.Position(), replayPage)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			if faults := order.Check(&e); len(faults) > 0 {
				return nil, faults[0]
			}
			versions[e.Stream]++
			if e.Version != versions[e.Stream] {
				return nil, fmt.Errorf("%s at %d has version %d, want %d", e.Stream, e.Position, e.Version, versions[e.Stream])
			}
			occur(occurrences, e)
			for manager := range managers {
				if reacts(manager, e) {
					reactions[reactionID(manager, e)] = e.Position
				}
			}
		}
	}
	verdict.Events, verdict.Streams = int(order.Position()), len(versions)
	head, err := store.Head(ctx)
	if err == nil && head != order.Position() {
		err = fmt.Errorf("head is %d, the last event is at %d", head, order.Position())
	}
	return occurrences, err
}

func occur(occurrences map[string]*occurrence, e eventstore.Recorded) {
	o := occurrences[e.CommandID]
	if o == nil {
		o = &occurrence{first: e.Position}
		occurrences[e.CommandID] = o
	}
	o.events++
	o.last = e.Position
}

// verifyCommands: what was acknowledged is there once, whole and where it was said to be; what lost left nothing.
func verifyCommands(commands map[string]*command, occurrences map[string]*occurrence, verdict *Verdict) error {
	var errs []error
	for id, c := range commands {
		o, there := occurrences[id]
		switch {
		case there && (o.events != c.plan.events() || o.last-o.first != eventstore.Position(o.events-1)):
			errs = append(errs, fmt.Errorf("%s: %d events from %d to %d, want %d", id, o.events, o.first, o.last, c.plan.events()))
		case c.position != 0 && (!there || o.last != c.position):
			errs = append(errs, fmt.Errorf("%s was acknowledged at %d and is lost or elsewhere", id, c.position))
		case c.refused && there:
			errs = append(errs, fmt.Errorf("%s was refused and is at %d", id, o.first))
		case c.position != 0:
			verdict.Acknowledged++
		case c.refused:
			verdict.Refused++
		default:
			errs = append(errs, fmt.Errorf("%s was never answered", id))
		}
	}
	for id := range occurrences {
		if commands[id] == nil {
			errs = append(errs, fmt.Errorf("%s is in the log, nobody sent it", id))
		}
	}
	return firstErrors(errs)
}

// verifyClaims: every claim has the owner whose append is in the log, and only one such append.
func verifyClaims(
	ctx context.Context, store *postgres.Store, commands map[string]*command, occurrences map[string]*occurrence, verdict *Verdict,
) error {
	winners := map[string]string{}
	var errs []error
	for id, c := range commands {
		if c.plan.Claim == "" || occurrences[id] == nil {
			continue
		}
		if other, taken := winners[c.plan.Claim]; taken {
			errs = append(errs, fmt.Errorf("%s and %s both took %s", id, other, c.plan.Claim))
		}
		winners[c.plan.Claim] = id
	}
	verdict.Claims = len(winners)
	for claim, winner := range winners {
		owner, _, err := store.ClaimOwner(ctx, claimKey(claim))
		if err != nil {
			return err
		}
		if owner != winner {
			errs = append(errs, fmt.Errorf("%s is held by %q, taken by %s", claim, owner, winner))
		}
	}
	return firstErrors(errs)
}

func firstErrors(errs []error) error {
	const enough = 5
	if len(errs) > enough {
		errs = append(errs[:enough:enough], fmt.Errorf("and %d more", len(errs)-enough))
	}
	return errors.Join(errs...)
}
