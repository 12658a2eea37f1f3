package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"
)

// checkAddress finds out that nobody can be served before databases are made and a password is drawn.
func (v *server) checkAddress(ctx context.Context) error {
	listener, err := v.listen(ctx)
	if err != nil {
		return err
	}
	return listener.Close()
}

// listen binds the port; a server that is being replaced may still hold it for a moment.
func (v *server) listen(ctx context.Context) (net.Listener, error) {
	address := net.JoinHostPort(v.config.Listen.Hostname, fmt.Sprint(v.config.Listen.Port))
	var config net.ListenConfig
	for tries := 0; ; tries++ {
		listener, err := config.Listen(ctx, "tcp", address)
		isTaken := errors.Is(err, syscall.EADDRINUSE)
		switch {
		case err == nil:
			return listener, nil
		case isTaken && tries < 50 && ctx.Err() == nil:
			time.Sleep(100 * time.Millisecond)
		case isTaken:
			return nil, fmt.Errorf("another program listens on %s already: stop it, or choose another address with --listen or listen.port (%w)", address, err)
		default:
			return nil, fmt.Errorf("cannot listen on %s, see --listen and listen.hostname: %w", address, err)
		}
	}
}
