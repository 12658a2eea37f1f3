package embedded

import (
	"context"
	"log/slog"
	"time"
)

// Restarts wait a little longer after every failure in a row, so that a full disk does not become a busy loop.
const (
	firstRestartDelay = 100 * time.Millisecond
	lastRestartDelay  = 10 * time.Second
)

// watch starts a service again when it dies while vidilog lives; clients see refused connections in between and retry.
func (s *Services) watch() {
	ctx, cancel := context.WithCancel(context.Background())
	s.watching = cancel
	if s.postgres != nil {
		s.watchers.Go(func() {
			keepRunning(ctx, s.logger.With("service", "postgresql"), func() *process { return s.postgres.process }, s.postgres.start)
		})
	}
	if s.redis != nil {
		s.watchers.Go(func() {
			keepRunning(ctx, s.logger.With("service", "redis"), func() *process { return s.redis.process }, s.redis.start)
		})
	}
}

func keepRunning(ctx context.Context, logger *slog.Logger, current func() *process, start func(context.Context) error) {
	delay := firstRestartDelay
	for {
		if err := current().waitEnd(ctx); err != nil {
			return
		}
		logger.Error("service ended unexpectedly, starting it again", "pid", current().pid)
		select {
		case <-ctx.Done():
			return
		case <-time.After(delay):
		}
		if err := start(ctx); err != nil {
			logger.Error("service could not be started again", "error", err, "nextTry", delay)
			delay = min(2*delay, lastRestartDelay)
			continue
		}
		logger.Info("service runs again", "pid", current().pid)
		delay = firstRestartDelay
	}
}
