package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"

	"vidilog/eventstore/postgres"
)

// Task is what a process of writers is told, as JSON on its standard input. It stops when its input ends.
type Task struct {
	DSN     string `json:"dsn"`
	Journal string `json:"journal"`
	Process int    `json:"process"`
	Life    int    `json:"life"` // how often the process has been started before
	Writers int    `json:"writers"`
	Seed    uint64 `json:"seed"`
}

// openWithin bounds the wait for a PostgreSQL that has just been killed.
const openWithin = 40 * time.Second

// work is the life of one process: settle what an earlier life left open, then write until told to stop.
func work(ctx context.Context, input io.Reader) error {
	decoder := json.NewDecoder(input)
	var task Task
	if err := decoder.Decode(&task); err != nil {
		return fmt.Errorf("read the task: %w", err)
	}
	commands := map[string]*command{}
	if err := readJournal(task.Journal, commands); err != nil {
		return err
	}
	journal, err := openJournal(task.Journal)
	if err != nil {
		return err
	}
	store, err := openPatiently(ctx, task.DSN)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := settle(ctx, store, journal, commands); err != nil {
		return err
	}
	stop := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, decoder.Buffered())
		_, _ = io.Copy(io.Discard, input)
		close(stop)
	}()
	c, err := startPatiently(ctx, task, store)
	if err != nil {
		return err
	}
	defer c.close()
	if err := writeAll(ctx, store, journal, task, stop); err != nil {
		return err
	}
	return c.drain(ctx, finishWithin)
}

func startPatiently(ctx context.Context, task Task, store *postgres.Store) (*consumers, error) {
	// The same name in every life: a killed process finds its own leases free.
	holder := uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "process %d", task.Process))
	for deadline := time.Now().Add(openWithin); ; {
		c, err := startConsumers(ctx, task.DSN, store, holder)
		if err == nil || time.Now().After(deadline) || ctx.Err() != nil {
			return c, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func openPatiently(ctx context.Context, dsn string) (*postgres.Store, error) {
	for deadline := time.Now().Add(openWithin); ; {
		store, err := postgres.Open(ctx, dsn, postgres.Options{Logger: quiet})
		if err == nil || time.Now().After(deadline) || ctx.Err() != nil {
			return store, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// settle sends again what has no known outcome: that is how any client finds out what became of it.
func settle(ctx context.Context, store *postgres.Store, j *journal, commands map[string]*command) error {
	for _, c := range commands {
		if !c.open() {
			continue
		}
		w := writer{log: store, journal: j, planner: newPlanner("settling", "", 0)}
		if err := w.write(ctx, c.plan, true); err != nil {
			return fmt.Errorf("send again after a kill: %w", err)
		}
	}
	return nil
}

func writeAll(ctx context.Context, store *postgres.Store, j *journal, task Task, stop <-chan struct{}) error {
	errs := make(chan error, task.Writers)
	var group sync.WaitGroup
	for i := range task.Writers {
		name := fmt.Sprintf("p%d.%d.%d", task.Process, task.Life, i)
		rival := fmt.Sprintf("life%d.%d", task.Life, i)
		w := &writer{log: store, journal: j, planner: newPlanner(name, rival, task.Seed+uint64(i))}
		group.Go(func() {
			if err := w.run(ctx, stop); err != nil {
				errs <- err
			}
		})
	}
	finished := make(chan struct{})
	go func() { group.Wait(); close(finished) }()
	select {
	case err := <-errs:
		fmt.Fprintln(os.Stderr, "worker:", err)
		return err
	case <-finished:
	}
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}
