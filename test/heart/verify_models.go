package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"vidilog/eventstore"
)

// verifyModels holds every read model, as the killed processes left it and this one brought it to the head, against a
// fresh replay.
func verifyModels(ctx context.Context, dsn string, verdict *Verdict) error {
	store, err := openPatiently(ctx, dsn)
	if err != nil {
		return err
	}
	defer store.Close()
	c, err := startConsumers(ctx, dsn, store, uuid.New())
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.drain(ctx, finishWithin); err != nil {
		return err
	}
	head, err := store.Head(ctx)
	if err != nil {
		return err
	}
	if int(head) != verdict.Events {
		return fmt.Errorf("process managers appended %d events more when they started again", int(head)-verdict.Events)
	}
	var errs []error
	for _, name := range modelNames() {
		if !c.engine.Wait(ctx, []string{name}, head) {
			errs = append(errs, fmt.Errorf("read model %s does not reach %d", name, head))
			continue
		}
		verified, err := c.engine.Verify(ctx, name, nil)
		if err == nil && !verified.Same() {
			err = fmt.Errorf("read model %s differs from a fresh replay", name)
		}
		errs = append(errs, err)
	}
	verdict.Models = len(modelKeys)
	return errors.Join(errs...)
}

// verifyReactions: every event that concerns a process manager has its one reaction.
func verifyReactions(expected map[string]eventstore.Position, occurrences map[string]*occurrence, verdict *Verdict) error {
	var errs []error
	for id, of := range expected {
		o, there := occurrences[id]
		switch {
		case !there:
			errs = append(errs, fmt.Errorf("%s: no reaction to the event at %d", id, of))
		case o.events != 1 || o.first < of:
			errs = append(errs, fmt.Errorf("%s: %d reactions to the event at %d, the first at %d", id, o.events, of, o.first))
		}
		delete(occurrences, id)
	}
	verdict.Reactions = len(expected)
	return firstErrors(errs)
}
