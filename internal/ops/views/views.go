// Package views counts who watches what, in Redis: what has been watched per session, which sessions have been counted, and
// counts that wait to be summarised in the log. A ping of a player is no event; a summary is.
//
// It may import go-redis and google/uuid.
package views

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
)

const (
	// enough is how long somebody must have watched to count, PeerTube's default since 6.1; more than half of shorter videos.
	enough = 10 * time.Second
	// once is for how long a session counts once per video.
	once = time.Hour
	// present is how long somebody counts as watching after the last ping.
	present = 2 * time.Minute
)

// Counter counts views and viewers. Lifetimes are shorter under PeerTube's test constants; those that are 0 are as above.
type Counter struct {
	Client redis.UniversalClient
	// Prefix keeps instances apart that share a Redis, as PeerTube's keys do: "redis-<host:port>".
	Prefix string
	// Once is for how long a session counts once per video, Enough how long it must have watched, Present for how long it
	// counts as watching after its last ping.
	Once, Enough, Present time.Duration
}

func (c Counter) once() time.Duration   { return orElse(c.Once, once) }
func (c Counter) enough() int           { return int(orElse(c.Enough, enough) / time.Second) }
func (c Counter) viewer() time.Duration { return orElse(c.Present, present) }

func orElse(set, otherwise time.Duration) time.Duration {
	if set == 0 {
		return otherwise
	}
	return set
}

// Ping is what a player says every few seconds.
type Ping struct {
	Video uuid.UUID
	// Session tells viewers apart; the caller makes one up from the address where the player sends none.
	Session string
	// At is where in the video the viewer is, in seconds; Duration is the video's.
	At, Duration int
	Seek         bool
}

// Counted is what a ping has led to.
type Counted struct {
	// View says that it made a view, Viewer that somebody is watching who was not.
	View, Viewer bool
}

// Count notes a ping.
func (c Counter) Count(ctx context.Context, p Ping) (Counted, error) {
	seconds, isNew, err := c.watch(ctx, p)
	counted := Counted{Viewer: isNew}
	if err != nil || !c.isEnough(seconds, p.Duration) {
		return counted, err
	}
	seen := fmt.Sprintf("%s:counted:%s:%s", c.Prefix, p.Video, p.Session)
	counted.View, err = c.Client.SetNX(ctx, seen, 1, c.once()).Result()
	if err != nil || !counted.View {
		return counted, err
	}
	return counted, c.Client.HIncrBy(ctx, c.waiting(), p.Video.String(), 1).Err()
}

// isEnough is PeerTube's rule: some seconds, and of a video that is shorter than those more than half.
func (c Counter) isEnough(watched, duration int) bool {
	if duration >= c.enough() {
		return watched >= c.enough()
	}
	return 2*watched > duration
}

func (c Counter) waiting() string { return c.Prefix + ":views:waiting" }

// Summary is the views of one video that wait to be recorded.
type Summary struct {
	// ID is the same each time the summary is offered, so that recording it twice counts once.
	ID    uuid.UUID
	Video uuid.UUID
	Views int64
}

// batches are the counts that have been set aside for recording: "<prefix>:views:batch:<uuid>".
func (c Counter) batches() string { return c.Prefix + ":views:batch:" }

// Flush offers what has been counted to record and forgets what record has taken. Counts that were offered before a crash are
// offered again under the same ids.
func (c Counter) Flush(ctx context.Context, record func(Summary) error) error {
	if err := c.setAside(ctx); err != nil {
		return err
	}
	keys, err := c.Client.Keys(ctx, c.batches()+"*").Result()
	if err != nil {
		return fmt.Errorf("find counted views: %w", err)
	}
	var failures []error
	for _, key := range keys {
		failures = append(failures, c.flushBatch(ctx, key, record))
	}
	return errors.Join(failures...)
}

// setAside renames the counts, so that pings of now go into a new set.
func (c Counter) setAside(ctx context.Context) error {
	err := c.Client.RenameNX(ctx, c.waiting(), c.batches()+uuid.NewString()).Err()
	if err != nil && !strings.Contains(err.Error(), "no such key") {
		return fmt.Errorf("set counted views aside: %w", err)
	}
	return nil
}

func (c Counter) flushBatch(ctx context.Context, key string, record func(Summary) error) error {
	counts, err := c.Client.HGetAll(ctx, key).Result()
	if err != nil {
		return fmt.Errorf("read counted views: %w", err)
	}
	batch, err := uuid.Parse(strings.TrimPrefix(key, c.batches()))
	if err != nil {
		return fmt.Errorf("counted views under the key %s: %w", key, err)
	}
	for field, count := range counts {
		video, err := uuid.Parse(field)
		views, countErr := strconv.ParseInt(count, 10, 64)
		if err = errors.Join(err, countErr); err != nil {
			return fmt.Errorf("counted views of %s: %w", field, err)
		}
		if err := record(Summary{ID: uuid.NewSHA1(batch, video[:]), Video: video, Views: views}); err != nil {
			return err
		}
		if err := c.Client.HDel(ctx, key, field).Err(); err != nil {
			return fmt.Errorf("forget counted views: %w", err)
		}
	}
	return nil
}
