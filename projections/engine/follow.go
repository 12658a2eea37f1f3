package engine

import (
	"context"
	"time"
)

// registryEvery is how often the registry is looked at. Notifications are a hint; this is what holds.
const registryEvery = time.Second

// followRegistry takes over builds that became live, and lets runners go on whose stop was lifted, by whatever process.
func (e *Engine) followRegistry(ctx context.Context) {
	hint := make(chan struct{}, 1)
	e.follower.Go(func() { e.listen(ctx, hint) })
	ticker := time.NewTicker(registryEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-hint:
		}
		for _, d := range e.definitions {
			if err := e.look(ctx, e.models[d.Name]); err != nil && ctx.Err() == nil {
				e.options.Logger.Warn("registry of read models", "model", d.Name, "error", err)
			}
		}
	}
}

func (e *Engine) look(ctx context.Context, m *model) error {
	b, found, err := e.registry.serving(ctx, m.definition.Name, m.definition.Version)
	if err != nil || !found {
		return err
	}
	s := m.serving.Load()
	if s.build.ID != b.ID {
		if err := e.exchange(ctx, m, b); err != nil {
			return err
		}
		return e.clean(ctx, b.Model)
	}
	if _, stopped := s.runner.tracker.state(); stopped != nil && b.Stop == nil {
		select {
		case s.runner.resume <- struct{}{}:
		default:
		}
	}
	return nil
}

// listen turns notifications into hints until ctx ends.
func (e *Engine) listen(ctx context.Context, hint chan<- struct{}) {
	for ctx.Err() == nil {
		if err := e.listenOnce(ctx, hint); err != nil && ctx.Err() == nil {
			e.options.Logger.Debug("listening to the registry of read models", "error", err)
			sleep(ctx, registryEvery)
		}
	}
}

func (e *Engine) listenOnce(ctx context.Context, hint chan<- struct{}) error {
	conn, err := e.database.connect(ctx, RegistrySchema, "read models listener", nil)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) // it holds nothing
	if _, err := conn.Exec(ctx, "listen "+channel); err != nil {
		return err
	}
	for {
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
		select {
		case hint <- struct{}{}:
		default:
		}
	}
}

// followHead keeps the lag in the metrics true while nothing is projected.
func (e *Engine) followHead(ctx context.Context) {
	ticker := time.NewTicker(registryEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		head, err := e.source.Head(ctx)
		if err != nil {
			continue // the runners report a log that cannot be read
		}
		for name := range e.models {
			e.metrics.of(name).lags(head, e.Position(name))
		}
	}
}
