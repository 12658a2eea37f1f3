package views

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
)

const (
	// maxSections bounds what is remembered of one viewer and video, PeerTube's MAX_LOCAL_VIEWER_WATCH_SECTIONS.
	maxSections = 100
	// kept is how long what a viewer has watched waits to be recorded, should nobody come for it.
	kept = 24 * time.Hour
)

// watched adds one ping to what a session has watched and to who is watching now; it answers the seconds in all, and 1 for
// somebody who was not watching. A seek, or a step back, begins a new section; otherwise the current one goes on to the new time.
// The clock is Redis', which all nodes share.
var watched = redis.NewScript(`
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at, seek = tonumber(ARGV[1]), ARGV[2] == "1"
local row = redis.call("HMGET", KEYS[1], "from", "to", "sum", "sections", "count")
local from, to, sum, sections, count = tonumber(row[1]), tonumber(row[2]), tonumber(row[3]) or 0, row[4] or "", tonumber(row[5]) or 0
local full = false
if from == nil or seek or at < from then
	if from ~= nil and count + 1 >= tonumber(ARGV[6]) then
		full = true
	else
		if from ~= nil then
			sum = sum + (to - from)
			sections = sections .. from .. "-" .. to .. ";"
			count = count + 1
		end
		from, to = at, at
	end
else
	to = at
end
if not full then
	redis.call("HSETNX", KEYS[1], "first", now)
	redis.call("HSET", KEYS[1], "from", from, "to", to, "sum", sum, "sections", sections, "count", count, "last", now)
	redis.call("PEXPIRE", KEYS[1], ARGV[3])
	redis.call("ZADD", KEYS[4], now, ARGV[7])
end
redis.call("ZREMRANGEBYSCORE", KEYS[2], "-inf", now)
local new = redis.call("ZADD", KEYS[2], now + ARGV[4], ARGV[5])
redis.call("PEXPIRE", KEYS[2], ARGV[4])
redis.call("ZADD", KEYS[3], now + ARGV[4], ARGV[8])
return {sum + (to - from), new}`)

// watch notes a ping; seconds is what the session has watched in all, isNew that it was not watching.
func (c Counter) watch(ctx context.Context, p Ping) (seconds int, isNew bool, err error) {
	seek := "0"
	if p.Seek {
		seek = "1"
	}
	member := p.Video.String() + ":" + p.Session
	keys := []string{c.Prefix + ":watched:" + member, c.viewersOf(p.Video), c.videos(), c.pending()}
	answer, err := watched.Run(ctx, c.Client, keys, p.At, seek, kept.Milliseconds(), c.viewer().Milliseconds(), p.Session,
		maxSections, member, p.Video.String()).Int64Slice()
	if err != nil {
		return 0, false, fmt.Errorf("note what was watched: %w", err)
	}
	return int(answer[0]), answer[1] == 1, nil
}

func (c Counter) viewersOf(video uuid.UUID) string { return c.Prefix + ":viewers:" + video.String() }

// videos are those that are watched, by when their last viewer goes.
func (c Counter) videos() string { return c.Prefix + ":viewers" }

// pending are the sessions whose sections have not been recorded, by their last ping.
func (c Counter) pending() string { return c.Prefix + ":watching" }

// Viewers answers how many are watching each video now.
func (c Counter) Viewers(ctx context.Context) (map[uuid.UUID]int64, error) {
	now, err := c.Client.Time(ctx).Result()
	if err != nil {
		return nil, fmt.Errorf("count viewers: %w", err)
	}
	since := "(" + strconv.FormatInt(now.UnixMilli(), 10)
	if err := c.Client.ZRemRangeByScore(ctx, c.videos(), "-inf", strings.TrimPrefix(since, "(")).Err(); err != nil {
		return nil, fmt.Errorf("count viewers: %w", err)
	}
	members, err := c.Client.ZRange(ctx, c.videos(), 0, -1).Result()
	if err != nil || len(members) == 0 {
		return map[uuid.UUID]int64{}, err
	}
	counts := make(map[uuid.UUID]*redis.IntCmd, len(members))
	_, err = c.Client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, member := range members {
			if id, err := uuid.Parse(member); err == nil {
				counts[id] = pipe.ZCount(ctx, c.viewersOf(id), since, "+inf")
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count viewers: %w", err)
	}
	viewers := make(map[uuid.UUID]int64, len(counts))
	for id, count := range counts {
		if n := count.Val(); n > 0 {
			viewers[id] = n
		}
	}
	return viewers, nil
}

// Viewing is what one session has watched of a video.
type Viewing struct {
	ID             uuid.UUID
	Video          uuid.UUID
	Started, Ended time.Time
	// Seconds were watched in all, without what was skipped.
	Seconds  int
	Sections []Section
}

// Section is a part that was watched in one go, in seconds of the video.
type Section struct{ From, To int }

// gone removes a session that has not pinged again since it was read.
var gone = redis.NewScript(`
if redis.call("ZSCORE", KEYS[1], ARGV[1]) == ARGV[2] then
	redis.call("ZREM", KEYS[1], ARGV[1])
	redis.call("DEL", KEYS[2])
end
return 1`)

// Finished offers to record what sessions have watched that have not pinged for some time, and forgets what record has taken.
// After a crash between the two the same viewing is offered again, under the same id.
func (c Counter) Finished(ctx context.Context, quiet time.Duration, record func(Viewing) error) error {
	now, err := c.Client.Time(ctx).Result()
	if err != nil {
		return fmt.Errorf("find finished viewings: %w", err)
	}
	until := strconv.FormatInt(now.Add(-quiet).UnixMilli(), 10)
	members, err := c.Client.ZRangeByScoreWithScores(ctx, c.pending(), &redis.ZRangeBy{Min: "-inf", Max: until}).Result()
	if err != nil {
		return fmt.Errorf("find finished viewings: %w", err)
	}
	for _, z := range members {
		member, _ := z.Member.(string)
		if err := c.finish(ctx, member, z.Score, record); err != nil {
			return err
		}
	}
	return nil
}

func (c Counter) finish(ctx context.Context, member string, last float64, record func(Viewing) error) error {
	key := c.Prefix + ":watched:" + member
	fields, err := c.Client.HGetAll(ctx, key).Result()
	if err != nil {
		return fmt.Errorf("read a viewing: %w", err)
	}
	video, _, _ := strings.Cut(member, ":")
	id, err := uuid.Parse(video)
	if v := viewing(id, member, fields); err == nil && v.Seconds > 0 {
		if err := record(v); err != nil {
			return err
		}
	}
	return gone.Run(ctx, c.Client, []string{c.pending(), key}, member, strconv.FormatFloat(last, 'f', -1, 64)).Err()
}

func viewing(video uuid.UUID, member string, fields map[string]string) Viewing {
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(fields[name], 10, 64) // written by the script
		return n
	}
	v := Viewing{
		ID: uuid.NewSHA1(video, []byte(member+fields["first"])), Video: video,
		Started: time.UnixMilli(number("first")).UTC(), Ended: time.UnixMilli(number("last")).UTC(),
		Seconds: int(number("sum") + number("to") - number("from")),
	}
	text := fields["sections"] + fields["from"] + "-" + fields["to"]
	for _, part := range strings.Split(text, ";") {
		from, to, _ := strings.Cut(part, "-")
		begin, err := strconv.Atoi(from)
		end, endErr := strconv.Atoi(to)
		if err == nil && endErr == nil {
			v.Sections = append(v.Sections, Section{From: begin, To: end})
		}
	}
	return v
}
