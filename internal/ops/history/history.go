// Package history keeps which videos people have watched and where they stopped, for them to go on.
//
// It may import pgx and google/uuid. Tables are those of schema/migrations/ops.
package history

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// remembered bounds how many videos of one person are looked at: what was watched longer ago counts as not watched.
const remembered = 10_000

// Store is the histories of all people.
type Store struct{ pool *pgxpool.Pool }

// New makes a store over a pool whose search_path is the operational schema.
func New(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// Note says that somebody is at a second of a video.
func (s *Store) Note(ctx context.Context, user, video uuid.UUID, seconds int) error {
	_, err := s.pool.Exec(ctx, `
		insert into watch_history (user_id, video_id, seconds) values ($1, $2, $3)
		on conflict (user_id, video_id) do update set seconds = excluded.seconds, watched_at = now()`, user, video, seconds)
	return wrap("note what was watched", err)
}

// Positions answers where somebody stopped in each of some videos; those not watched are not in it.
func (s *Store) Positions(ctx context.Context, user uuid.UUID, videos []uuid.UUID) (map[uuid.UUID]int, error) {
	rows, err := s.pool.Query(ctx, `
		select video_id, seconds from watch_history where user_id = $1 and video_id = any($2)`, user, videos)
	if err != nil {
		return nil, wrap("read positions", err)
	}
	positions := map[uuid.UUID]int{}
	var video uuid.UUID
	var seconds int
	_, err = pgx.ForEachRow(rows, []any{&video, &seconds}, func() error {
		positions[video] = seconds
		return nil
	})
	return positions, wrap("read positions", err)
}

// Watched answers the videos somebody has watched, the latest first.
func (s *Store) Watched(ctx context.Context, user uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.pool.Query(ctx, `
		select video_id from watch_history where user_id = $1 order by watched_at desc limit $2`, user, remembered)
	if err != nil {
		return nil, wrap("read a history", err)
	}
	watched, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return watched, wrap("read a history", err)
}

// Forget removes one video from somebody's history.
func (s *Store) Forget(ctx context.Context, user, video uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `delete from watch_history where user_id = $1 and video_id = $2`, user, video)
	return wrap("forget a video", err)
}

// ForgetBefore removes what somebody watched before a moment; nil for all of it.
func (s *Store) ForgetBefore(ctx context.Context, user uuid.UUID, before *time.Time) error {
	_, err := s.pool.Exec(ctx, `
		delete from watch_history where user_id = $1 and ($2::timestamptz is null or watched_at < $2)`, user, before)
	return wrap("forget a history", err)
}

// Expire removes what nobody has gone on with for some time.
func (s *Store) Expire(ctx context.Context, age time.Duration) error {
	_, err := s.pool.Exec(ctx, `delete from watch_history where watched_at < now() - $1::interval`, age)
	return wrap("expire histories", err)
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("history: %s: %w", what, err)
}
