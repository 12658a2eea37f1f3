// Package respond ends requests: it waits for the read models that a write must show up in, sets the position headers and
// encodes.
//
// It may import eventstore, the wait port of projections and internal/httpx.
package respond

import (
	"context"
	"net/http"
	"strconv"

	"vidilog/eventstore"
	"vidilog/internal/httpx"
)

// Handler answers a request or an error; errors become problem documents in one place.
type Handler func(w http.ResponseWriter, r *http.Request) error

// ServeHTTP makes Handler an http.Handler.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		httpx.Write(w, r, err)
	}
}

// Waiter waits until read models have reached a position, for a bounded time; it answers false when they have not.
type Waiter interface {
	Wait(ctx context.Context, models []string, position eventstore.Position) bool
}

// Writes answers requests that have changed something.
type Writes struct {
	Waiter Waiter
	// Models are those that the client may read next.
	Models []string
}

// Settle waits for the models and says in the header what the log's position is. A model that lags makes the answer late by
// at most two seconds, never wrong: what was written is durable.
func (s Writes) Settle(w http.ResponseWriter, r *http.Request, position eventstore.Position) {
	if position > 0 {
		s.Waiter.Wait(r.Context(), s.Models, position)
		w.Header().Set("Log-Position", strconv.FormatInt(int64(position), 10))
	}
}

// NoContent settles and answers 204.
func (s Writes) NoContent(w http.ResponseWriter, r *http.Request, position eventstore.Position) error {
	s.Settle(w, r, position)
	httpx.NoContent(w)
	return nil
}

// JSON settles and answers 200 with a body.
func (s Writes) JSON(w http.ResponseWriter, r *http.Request, position eventstore.Position, body any) error {
	s.Settle(w, r, position)
	return httpx.JSON(w, r, http.StatusOK, body)
}

// MinPosition makes a request wait that carries Min-Log-Position: a client that has just written elsewhere sees it here.
func MinPosition(waiter Waiter, models []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if text := r.Header.Get("Min-Log-Position"); text != "" {
			if position, err := strconv.ParseInt(text, 10, 64); err == nil && position > 0 {
				waiter.Wait(r.Context(), models, eventstore.Position(position))
			}
		}
		next.ServeHTTP(w, r)
	})
}
