package main

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/internal/ops/history"
	"vidilog/internal/ops/viewers"
	"vidilog/internal/ops/views"
	"vidilog/projections/catalog"
	"vidilog/workers/queue"
)

// countViews makes what counts who watches what.
func (v *server) countViews() {
	settings := v.config.Views.Videos
	v.views = views.Counter{
		Client: v.redis, Prefix: "redis-" + v.config.Webserver.Host(), Once: settings.ViewExpiration, Enough: settings.CountViewAfter,
		Present: v.config.Constants.ViewerLifetime,
	}
	v.audience, v.history, v.viewers = views.NewAudience(v.views), history.New(v.ops), viewers.New(v.ops)
}

// summariseViews, keepViewings and forgetHistories are work by the clock.
type (
	summariseViews  struct{}
	keepViewings    struct{}
	forgetHistories struct{}
)

// Kind names the work in River.
func (summariseViews) Kind() string { return queue.PeriodicPrefix + "views" }

// Kind names the work in River.
func (keepViewings) Kind() string { return queue.PeriodicPrefix + "viewings" }

// Kind names the work in River.
func (forgetHistories) Kind() string { return queue.PeriodicPrefix + "histories" }

func (v *server) viewingWork(workers *river.Workers) {
	river.AddWorker(workers, queue.NewSchedule[summariseViews](v.summariseViews))
	river.AddWorker(workers, queue.NewSchedule[keepViewings](v.keepViewings))
	river.AddWorker(workers, queue.NewSchedule[forgetHistories](v.forgetHistories))
}

func (v *server) viewingSchedules() []*river.PeriodicJob {
	buffered := v.config.Views.Videos.LocalBufferUpdateInterval
	if buffered <= 0 {
		buffered = 30 * time.Minute
	}
	return []*river.PeriodicJob{
		queue.Every(buffered, summariseViews{}),
		queue.Every(v.config.Constants.ViewerStatsLifetime, keepViewings{}),
		queue.EveryFromStart(v.config.Constants.RemoveOldHistoryEvery, forgetHistories{}),
	}
}

// summariseViews records what has been counted in Redis.
func (v *server) summariseViews(ctx context.Context) error {
	now := v.commands.Now()
	var last eventstore.Position
	err := v.views.Flush(ctx, func(s views.Summary) error {
		caller := commands.Internal(kernel.System("views"))
		caller.CommandID = s.ID.String()
		outcome, err := v.videos.CountViews(ctx, caller, commandsvideo.CountViews{
			VideoID: kernel.VideoID{UUID: s.Video}, Views: s.Views, From: now.Truncate(time.Hour), To: now,
		})
		if kernel.CodeOf(err) == kernel.CodeNotFound {
			return nil // the video has gone, and its views with it
		}
		last = max(last, outcome.Position)
		return err
	})
	if last > 0 { // whoever has asked for it looks next
		v.engine.Wait(ctx, []string{catalog.Name}, last)
	}
	return err
}

// keepViewings takes over from Redis what has been watched by those who have gone.
func (v *server) keepViewings(ctx context.Context) error {
	return v.views.Finished(ctx, v.config.Constants.ViewerStatsLifetime, func(seen views.Viewing) error {
		kept := viewers.Viewing{ID: seen.ID, Video: seen.Video, Started: seen.Started, Ended: seen.Ended, Seconds: seen.Seconds}
		for _, s := range seen.Sections {
			kept.From, kept.To = append(kept.From, s.From), append(kept.To, s.To)
		}
		return v.viewers.Add(ctx, kept)
	})
}

// viewingsKept is how long statistics reach back: PeerTube's longest series.
const viewingsKept = 10 * 365 * 24 * time.Hour

// forgetHistories removes resume positions that are older than the administrator wants, and viewings no series reaches.
func (v *server) forgetHistories(ctx context.Context) error {
	err := v.viewers.Expire(ctx, viewingsKept)
	if age := v.current().History.Videos.MaxAge; age > 0 {
		err = errors.Join(err, v.history.Expire(ctx, age))
	}
	return err
}
