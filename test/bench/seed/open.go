package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/domain"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/keys"
	"vidilog/eventstore/postgres"
	"vidilog/eventstore/upcast"
	"vidilog/internal/embedded"
)

// target is the log that is filled.
type target struct {
	pool    *pgxpool.Pool
	log     *postgres.Store
	codec   *codec.Registry
	closers []func()
}

func (t *target) close() {
	for i := len(t.closers) - 1; i >= 0; i-- {
		t.closers[i]()
	}
}

// open starts the instance's private database unless another is named, and opens the log in it.
func open(ctx context.Context, o options) (*target, error) {
	t := &target{}
	if err := t.connect(ctx, o); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *target) connect(ctx context.Context, o options) error {
	// The folder's lock is held in either case: a server that runs would draw the same numbers.
	lock, err := embedded.LockDataDir(o.data)
	if errors.Is(err, embedded.ErrLocked) {
		return fmt.Errorf("%w: stop the server first", err)
	}
	if err != nil {
		return err
	}
	t.closers = append(t.closers, func() { _ = lock.Release() })
	logger := slog.New(slog.DiscardHandler)
	dsn := o.dsn
	if dsn == "" {
		services, err := embedded.Start(ctx, embedded.Options{DataDir: o.data, Logger: logger})
		if err != nil {
			return err
		}
		dsn = services.DSN
		t.closers = append(t.closers, func() {
			ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
			defer cancel()
			_ = services.Stop(ending)
		})
	}
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	t.pool = pool
	t.closers = append(t.closers, pool.Close)
	master, _, err := keys.LoadMasterKey(filepath.Join(o.data, "master.key"))
	if err != nil {
		return err
	}
	ring, err := keys.Open(ctx, pool, master, keys.Options{})
	if err != nil {
		return err
	}
	upcasters, err := upcast.New()
	if err != nil {
		return err
	}
	if t.codec, err = codec.New(domain.Events(), codec.WithSealer(ring), codec.WithUpcasters(upcasters)); err != nil {
		return err
	}
	if t.log, err = postgres.Open(ctx, dsn, postgres.Options{Logger: logger}); err != nil {
		return err
	}
	t.closers = append(t.closers, t.log.Close)
	return nil
}
