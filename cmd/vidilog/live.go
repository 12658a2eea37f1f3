package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"vidilog/commands"
	commandsinstance "vidilog/commands/instance"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/tail"
	"vidilog/internal/config"
	"vidilog/internal/failpoint"
)

var (
	pointConfigurationAccepted = failpoint.New("configuration.accepted")
	pointConfigurationRecorded = failpoint.New("configuration.recorded")
)

// live holds the configuration in force: the files of this node with the changes of administrators over them, which the log
// carries to every node.
type live struct {
	sources  config.Sources
	inForce  atomic.Pointer[config.Config]
	instance *commandsinstance.Handlers
	logger   *slog.Logger
	loading  sync.Mutex
}

// current is the configuration in force at this moment. What an administrator may change while the server runs is read through
// it at every use, never kept.
func (v *server) current() *config.Config { return v.live.inForce.Load() }

// takeChanges puts the recorded changes over the files, and follows the log for later ones.
func (v *server) takeChanges(ctx context.Context) error {
	head, err := v.log.Head(ctx)
	if err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	v.live.instance, v.live.logger = v.instance, v.logger
	if err := v.live.reload(ctx); err != nil {
		return fmt.Errorf("the changes made in the administration do not fit the configuration files: %w", err)
	}
	v.config = v.current()
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	v.closeLater(stop)
	v.background.Go(func() { v.live.follow(running, v.tail.From(head)) })
	return nil
}

// reload reads files and changes anew. The log is read under the lock, so that the newest changes are what stays.
func (l *live) reload(ctx context.Context) error {
	l.loading.Lock()
	defer l.loading.Unlock()
	changes, err := l.instance.Changes(ctx)
	if err != nil {
		return err
	}
	c, err := l.with(changes)
	if err != nil {
		return err
	}
	l.inForce.Store(c)
	return nil
}

// with answers the configuration that changes lead to. Warnings about the files have been given at the start.
func (l *live) with(changes []byte) (*config.Config, error) {
	sources := l.sources
	sources.Changes = changes
	c, _, err := config.Load(sources)
	return c, err
}

// follow takes over what is changed on any node, until ctx ends.
func (l *live) follow(ctx context.Context, cursor *tail.Cursor) {
	defer cursor.Close()
	for {
		events, err := cursor.Next(ctx, 256)
		if err != nil {
			if ctx.Err() == nil && !errors.Is(err, tail.ErrStopped) {
				l.logger.Error("changes of the configuration are not followed any more", "error", err)
			}
			return
		}
		for _, e := range events {
			if _, isChange := e.Data.(instance.Customised); !isChange {
				continue
			}
			if err := l.reload(ctx); err != nil {
				l.logger.Error("a change of the configuration was not taken over", "position", e.Position, "error", err)
			}
		}
	}
}

// Current is the configuration in force.
func (l *live) Current() *config.Config { return l.inForce.Load() }

// Change records what an administrator changes, all of it, and takes it over. Changes that lead to no sound configuration are
// refused.
func (l *live) Change(ctx context.Context, caller commands.Caller, changes map[string]any) error {
	text, err := json.Marshal(changes)
	if err != nil {
		return fmt.Errorf("encode changes of the configuration: %w", err)
	}
	if text, err = codec.Canonical(text); err != nil {
		return fmt.Errorf("encode changes of the configuration: %w", err)
	}
	c, err := l.with(text)
	if err != nil {
		return kernel.Refuse(kernel.CodeInvalid, "%v", err)
	}
	recorded, err := recordable(c)
	if err != nil {
		return err
	}
	if err := pointConfigurationAccepted.Hit(); err != nil {
		return err
	}
	if _, err := l.instance.Customise(ctx, caller, commandsinstance.Customise{Changes: text, Configuration: recorded}); err != nil {
		return err
	}
	if err := pointConfigurationRecorded.Hit(); err != nil {
		return err
	}
	return l.reload(ctx)
}

// recordable is a configuration as the log holds it: without secrets, without what describes one node only.
func recordable(c *config.Config) (json.RawMessage, error) {
	plain, err := json.Marshal(c.NonSecret())
	if err == nil {
		plain, err = codec.Canonical(plain)
	}
	if err != nil {
		return nil, fmt.Errorf("encode the configuration: %w", err)
	}
	return plain, nil
}
