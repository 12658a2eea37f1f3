package uploads

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// term is how long a hold lasts without being renewed: a node that died lets go after it at the latest.
const term = 60 * time.Second

// Hold is the right to write to a session or to finish it; others are refused meanwhile.
type Hold struct {
	store *Store
	id    string
	token uuid.UUID
	stop  context.CancelFunc
}

// Hold takes a session of a user. The hold renews itself until it is let go of. Errors: ErrUnknown, ErrHeld, ErrFinishing.
func (s *Store) Hold(ctx context.Context, id string, user uuid.UUID) (Session, *Hold, error) {
	h := &Hold{store: s, id: id, token: uuid.New()}
	rows, _ := s.pool.Query(ctx, `
		update uploads set hold = $3, node = $4, held_until = now() + $5, is_finishing = false, is_idle = false
		where id = $1 and user_id = $2 and (hold is null or held_until < now())
		returning `+columns, id, user, h.token, s.node, term)
	session, err := pgx.CollectOneRow(rows, s.scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return session, nil, s.whyNot(ctx, id, user)
	}
	if err != nil {
		return session, nil, fmt.Errorf("hold upload: %w", err)
	}
	renewing, stop := context.WithCancel(context.WithoutCancel(ctx))
	h.stop = stop
	go h.renew(renewing)
	return session, h, nil
}

func (s *Store) whyNot(ctx context.Context, id string, user uuid.UUID) error {
	var isFinishing bool
	err := s.pool.QueryRow(ctx, `select is_finishing from uploads where id = $1 and user_id = $2`, id, user).Scan(&isFinishing)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return ErrUnknown
	case err != nil:
		return fmt.Errorf("hold upload: %w", err)
	case isFinishing:
		return ErrFinishing
	}
	return ErrHeld
}

func (h *Hold) renew(ctx context.Context) {
	ticker := time.NewTicker(term / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			// One that fails is made up for by the next; a lost hold shows when its holder wants to write.
			_, _ = h.store.pool.Exec(ctx, `update uploads set held_until = now() + $3 where id = $1 and hold = $2`, h.id, h.token, term)
		}
	}
}

// change runs one statement on the held row, $1 and $2 being id and hold. Error: ErrUnknown when the session has ended meanwhile.
func (h *Hold) change(ctx context.Context, what, set string, args ...any) error {
	tag, err := h.store.pool.Exec(ctx, `update uploads set `+set+` where id = $1 and hold = $2`, append([]any{h.id, h.token}, args...)...)
	if err != nil {
		return fmt.Errorf("%s of upload: %w", what, err)
	}
	if tag.RowsAffected() == 0 {
		return ErrUnknown
	}
	return nil
}

// Wrote notes how much of the file is on disk for good, and its size, which a client may correct downwards.
func (h *Hold) Wrote(ctx context.Context, written, size int64) error {
	return h.change(ctx, "note the progress", `written = $3, size = $4`, written, size)
}

// Finishing says to others that the file is whole and something is being made of it.
func (h *Hold) Finishing(ctx context.Context) error {
	return h.change(ctx, "note the finishing", `is_finishing = true`)
}

// Planned keeps what the command is to say, before anything of it happens.
func (h *Hold) Planned(ctx context.Context, plan json.RawMessage) error {
	return h.change(ctx, "keep the plan", `plan = $3`, plan)
}

// Answered keeps the answer of the last part, and lets go of what the author said.
func (h *Hold) Answered(ctx context.Context, answer json.RawMessage) error {
	return h.change(ctx, "keep the answer", `answer = $3, form = null`, answer)
}

// Release lets go. It may be called after Forget.
func (h *Hold) Release(ctx context.Context) error {
	h.stop()
	err := h.change(ctx, "let go", `hold = null, held_until = null, is_finishing = false`)
	if errors.Is(err, ErrUnknown) {
		return nil
	}
	return err
}

// Forget removes the session.
func (h *Hold) Forget(ctx context.Context) error {
	if _, err := h.store.pool.Exec(ctx, `delete from uploads where id = $1 and hold = $2`, h.id, h.token); err != nil {
		return fmt.Errorf("forget upload: %w", err)
	}
	return nil
}
