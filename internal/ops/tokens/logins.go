package tokens

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// LastLogins answers when people last got a session; who never did is not in it.
func (s *Store) LastLogins(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]time.Time, error) {
	rows, err := s.pool.Query(ctx, `select user_id, at from last_logins where user_id = any($1)`, users)
	if err != nil {
		return nil, fmt.Errorf("look up last logins: %w", err)
	}
	found := make(map[uuid.UUID]time.Time, len(users))
	var user uuid.UUID
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&user, &at}, func() error {
		found[user] = at.UTC()
		return nil
	})
	return found, err
}

// ByLastLogin answers everybody who ever got a session, the latest first.
func (s *Store) ByLastLogin(ctx context.Context) ([]uuid.UUID, error) {
	rows, err := s.pool.Query(ctx, `select user_id from last_logins order by at desc, user_id`)
	if err != nil {
		return nil, fmt.Errorf("sort people by login: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// Forget ends all sessions of a user who is gone, and what is known of them.
func (s *Store) Forget(ctx context.Context, user uuid.UUID) error {
	if err := s.RevokeAll(ctx, user, ""); err != nil {
		return err
	}
	if _, err := s.pool.Exec(ctx, `delete from last_logins where user_id = $1`, user); err != nil {
		return fmt.Errorf("forget a last login: %w", err)
	}
	return nil
}

// Active answers how many people have got a session since each of some moments.
func (s *Store) Active(ctx context.Context, since ...time.Time) ([]int64, error) {
	rows, err := s.pool.Query(ctx,
		`select count(l.user_id) from unnest($1::timestamptz[]) with ordinality as moment(at, place)
		   left join last_logins l on l.at > moment.at group by moment.place order by moment.place`, since)
	if err != nil {
		return nil, fmt.Errorf("count active people: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}
