// Package tokens keeps the sessions of logged-in people: pairs of access and refresh tokens, hashed. Logging in is no event;
// who did what is recorded with each command.
//
// It may import pgx, google/uuid and an LRU. Tables are those of schema/migrations/ops.
package tokens

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrUnknown means that a token was never given out, has expired or has been revoked.
var ErrUnknown = errors.New("unknown token")

const (
	// cached bounds the sessions kept in memory; cachedFor is how long another node may take to notice a revocation.
	cached    = 10_000
	cachedFor = 10 * time.Second
)

// Lifetimes of the two tokens; PeerTube: 1 day and 2 weeks (oauth2.token_lifetime).
type Lifetimes struct{ Access, Refresh time.Duration }

// Pair is a new session as the client gets it: 40 hexadecimal digits each, as PeerTube's.
type Pair struct {
	Access, Refresh                   string
	AccessExpiresIn, RefreshExpiresIn time.Duration
}

// Session is what an access token stands for.
type Session struct {
	UserID  uuid.UUID
	Expires time.Time
}

// Store gives out, checks and revokes tokens.
type Store struct {
	pool  *pgxpool.Pool
	life  Lifetimes
	known *expirable.LRU[[32]byte, Session]
}

// New makes a store over a pool whose search_path is the operational schema.
func New(pool *pgxpool.Pool, life Lifetimes) *Store {
	return &Store{pool: pool, life: life, known: expirable.NewLRU[[32]byte, Session](cached, nil, cachedFor)}
}

// Issue gives out a pair for a user.
func (s *Store) Issue(ctx context.Context, user uuid.UUID) (Pair, error) {
	return s.insert(ctx, s.pool, user)
}

type execer interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func (s *Store) insert(ctx context.Context, db execer, user uuid.UUID) (Pair, error) {
	p := Pair{Access: draw(), Refresh: draw(), AccessExpiresIn: s.life.Access, RefreshExpiresIn: s.life.Refresh}
	access, refresh := sha256.Sum256([]byte(p.Access)), sha256.Sum256([]byte(p.Refresh))
	var expires time.Time
	err := db.QueryRow(ctx, `
		with login as (insert into last_logins (user_id, at) values ($3, now()) on conflict (user_id) do update set at = now())
		insert into tokens (access_hash, refresh_hash, user_id, access_expires, refresh_expires)
		values ($1, $2, $3, now() + $4, now() + $5) returning access_expires`,
		access[:], refresh[:], user, s.life.Access, s.life.Refresh).Scan(&expires)
	if err != nil {
		return Pair{}, fmt.Errorf("store a session: %w", err)
	}
	s.known.Add(access, Session{UserID: user, Expires: expires})
	return p, nil
}

// draw makes a token the way PeerTube's look: the SHA-1 of 256 random bytes in hexadecimal.
func draw() string {
	var seed [256]byte
	_, _ = rand.Read(seed[:]) // never fails, see crypto/rand
	sum := sha1.Sum(seed[:])
	return hex.EncodeToString(sum[:])
}

// Check answers the session of an access token. Error: ErrUnknown.
func (s *Store) Check(ctx context.Context, access string) (Session, error) {
	hash := sha256.Sum256([]byte(access))
	session, ok := s.known.Get(hash)
	if !ok {
		err := s.pool.QueryRow(ctx, `select user_id, access_expires from tokens where access_hash = $1`, hash[:]).
			Scan(&session.UserID, &session.Expires)
		if errors.Is(err, pgx.ErrNoRows) {
			return Session{}, ErrUnknown
		}
		if err != nil {
			return Session{}, fmt.Errorf("look up a session: %w", err)
		}
		s.known.Add(hash, session)
	}
	if !time.Now().Before(session.Expires) {
		return Session{}, ErrUnknown
	}
	return session, nil
}

// Refresh trades a refresh token for a new pair; the old pair is gone. Error: ErrUnknown.
func (s *Store) Refresh(ctx context.Context, refresh string) (user uuid.UUID, p Pair, err error) {
	hash := sha256.Sum256([]byte(refresh))
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var access []byte
		err := tx.QueryRow(ctx, `
			delete from tokens where refresh_hash = $1 and refresh_expires > now() returning user_id, access_hash`, hash[:]).
			Scan(&user, &access)
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrUnknown
		}
		if err != nil {
			return fmt.Errorf("take back a session: %w", err)
		}
		s.known.Remove([32]byte(access))
		p, err = s.insert(ctx, tx, user)
		return err
	})
	return user, p, err
}

// Revoke ends the session of an access token; an unknown one is no error.
func (s *Store) Revoke(ctx context.Context, access string) error {
	hash := sha256.Sum256([]byte(access))
	s.known.Remove(hash)
	if _, err := s.pool.Exec(ctx, `delete from tokens where access_hash = $1`, hash[:]); err != nil {
		return fmt.Errorf("revoke a session: %w", err)
	}
	return nil
}

// RevokeAll ends all sessions of a user, but for the one that keep names ("" for none).
func (s *Store) RevokeAll(ctx context.Context, user uuid.UUID, keep string) error {
	spared := sha256.Sum256([]byte(keep))
	rows, err := s.pool.Query(ctx, `delete from tokens where user_id = $1 and access_hash <> $2 returning access_hash`, user, spared[:])
	if err != nil {
		return fmt.Errorf("revoke the sessions of a user: %w", err)
	}
	var hash []byte
	_, err = pgx.ForEachRow(rows, []any{&hash}, func() error {
		s.known.Remove([32]byte(hash))
		return nil
	})
	return err
}

// Sweep removes sessions that can no longer be refreshed.
func (s *Store) Sweep(ctx context.Context) (removed int64, err error) {
	tag, err := s.pool.Exec(ctx, `delete from tokens where refresh_expires < now()`)
	if err != nil {
		return 0, fmt.Errorf("sweep sessions: %w", err)
	}
	return tag.RowsAffected(), nil
}
