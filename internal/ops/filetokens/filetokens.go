// Package filetokens keeps the tokens by which a player reads the files of one protected video where it can send no header. They
// are in Redis, so that any node knows what another has given out.
//
// It may import go-redis and google/uuid.
package filetokens

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
)

// Lifetime of a token, PeerTube's (LRU_CACHE.VIDEO_TOKENS).
const Lifetime = 8 * time.Hour

// Store gives out tokens.
type Store struct {
	Client redis.UniversalClient
	// Prefix keeps instances apart that share a Redis, as PeerTube's keys do: "redis-<host:port>".
	Prefix string
}

// Issue draws a token for the files of one video.
func (s Store) Issue(ctx context.Context, video uuid.UUID, now time.Time) (token string, expires time.Time, err error) {
	id, err := uuid.NewRandom()
	if err != nil {
		return "", time.Time{}, err
	}
	if err := s.Client.Set(ctx, s.key(id), video.String(), Lifetime).Err(); err != nil {
		return "", time.Time{}, fmt.Errorf("keep a video file token: %w", err)
	}
	return id.String(), now.Add(Lifetime), nil
}

// Opens says whether a token is for the files of a video. What is no token opens nothing.
func (s Store) Opens(ctx context.Context, token string, video uuid.UUID) (bool, error) {
	id, err := uuid.Parse(token)
	if err != nil {
		return false, nil //nolint:nilerr // not a token
	}
	of, err := s.Client.Get(ctx, s.key(id)).Result()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look up a video file token: %w", err)
	}
	return of == video.String(), nil
}

func (s Store) key(token uuid.UUID) string { return s.Prefix + ":video-file-token:" + token.String() }
