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
	// enough is how many seconds somebody must have watched to count, PeerTube's rule since 6.1; half of shorter videos.
	enough = 10
	// once is for how long a session counts once per video.
	once = time.Hour
	// sectionsKept is how long what a session has watched is remembered.
	sectionsKept = time.Hour
)

// Counter counts views. Lifetimes are shorter under PeerTube's test constants.
type Counter struct {
	Client redis.UniversalClient
	// Prefix keeps instances apart that share a Redis, as PeerTube's keys do: "redis-<host:port>".
	Prefix string
	// Once is for how long a session counts once per video; one hour when 0.
	Once time.Duration
}

func (c Counter) once() time.Duration {
	if c.Once == 0 {
		return once
	}
	return c.Once
}

// watched adds one ping to what a session has watched and answers the seconds in all. A seek, or a step back, begins a new
// section; otherwise the current one goes on to the new time.
var watched = redis.NewScript(`
local at, seek = tonumber(ARGV[1]), ARGV[2] == "1"
local from, to, sum = unpack(redis.call("HMGET", KEYS[1], "from", "to", "sum"))
from, to, sum = tonumber(from), tonumber(to), tonumber(sum) or 0
if from == nil or seek or at < from then
	if from ~= nil then sum = sum + (to - from) end
	from = at
end
redis.call("HSET", KEYS[1], "from", from, "to", at, "sum", sum)
redis.call("EXPIRE", KEYS[1], ARGV[3])
return sum + (at - from)`)

// Ping is what a player says every few seconds.
type Ping struct {
	Video uuid.UUID
	// Session tells viewers apart; the caller makes one up from the address where the player sends none.
	Session string
	// At is where in the video the viewer is, in seconds; Duration is the video's.
	At, Duration int
	Seek         bool
}

// Count notes a ping; counted says that it made a view.
func (c Counter) Count(ctx context.Context, p Ping) (counted bool, err error) {
	key := fmt.Sprintf("%s:watched:%s:%s", c.Prefix, p.Video, p.Session)
	seek := "0"
	if p.Seek {
		seek = "1"
	}
	seconds, err := watched.Run(ctx, c.Client, []string{key}, p.At, seek, int(sectionsKept.Seconds())).Int()
	if err != nil {
		return false, fmt.Errorf("note what was watched: %w", err)
	}
	if seconds < min(enough, (p.Duration+1)/2) {
		return false, nil
	}
	seen := fmt.Sprintf("%s:counted:%s:%s", c.Prefix, p.Video, p.Session)
	isNew, err := c.Client.SetNX(ctx, seen, 1, c.once()).Result()
	if err != nil || !isNew {
		return false, err
	}
	return true, c.Client.HIncrBy(ctx, c.waiting(), p.Video.String(), 1).Err()
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
