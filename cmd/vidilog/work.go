package main

import (
	"context"
	"errors"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/bus"
	"vidilog/eventstore/postgres"
	"vidilog/internal/telemetry"
	"vidilog/projections/catalog"
	modelsjobs "vidilog/projections/jobs"
	"vidilog/workers/effects"
	"vidilog/workers/process"
	"vidilog/workers/queue"
)

// consumers puts process managers and effects on the bus.
func (v *server) consumers(follow *effects.Effects) error {
	for _, manager := range []process.Manager{process.Transcoding(v.commands), process.ChannelVideos(v.commands), process.AccountComments(v.commands)} {
		group := bus.Group{
			Name: "process-" + manager.Name, StartAt: bus.AtOrigin,
			Key: func(e eventstore.Event) string { key, _ := manager.Key(e); return key },
		}
		err := v.router.Handle(group, func(ctx context.Context, _ *message.Message, e eventstore.Event) (err error) {
			ctx, span := telemetry.Span(telemetry.Continue(ctx, e.Correlation, e.EventID), "process "+manager.Name)
			defer func() { telemetry.End(span, err) }()
			return manager.Handle(ctx, e)
		})
		if err != nil {
			return err
		}
	}
	err := v.router.Handle(bus.Group{Name: "media-jobs", StartAt: bus.AtOrigin}, v.offer)
	if err != nil {
		return err
	}
	if err := v.router.Handle(bus.Group{Name: "narrator", StartAt: bus.AtHead}, v.narrate); err != nil {
		return err
	}
	return v.router.Handle(bus.Group{Name: effects.Group, StartAt: bus.AtOrigin},
		func(ctx context.Context, msg *message.Message, e eventstore.Event) error {
			if !follow.Concerns(e) {
				return nil
			}
			return bus.AckTx(msg, func(tx pgx.Tx) error { return follow.Apply(ctx, tx, e) })
		})
}

// offer keeps the list of media jobs in step with the log.
func (v *server) offer(ctx context.Context, msg *message.Message, e eventstore.Event) error {
	if !v.offers.Concerns(e) {
		return nil
	}
	if err := bus.AckTx(msg, func(tx pgx.Tx) error { return v.offers.Apply(ctx, tx, e) }); err != nil {
		return err
	}
	v.offers.Wake()
	return nil
}

// operational are those who carry out operational work.
func (v *server) operational() *river.Workers {
	workers := river.NewWorkers()
	remover := v.remover()
	river.AddWorker(workers, &effects.PicturesWorker{Videos: v.videos, Tools: v.tools, Files: v.files, Logger: v.logger})
	river.AddWorker(workers, &effects.StoryboardWorker{
		Videos: v.videos, Tools: v.tools, Files: v.files, Enabled: func() bool { return v.current().Storyboards.Enabled },
	})
	river.AddWorker(workers, &effects.TorrentWorker{
		Videos: v.videos, Files: v.files, Addresses: v.site(), Now: v.commands.Now,
	})
	river.AddWorker(workers, &effects.PlaylistWorker{Videos: v.videos, Tools: v.tools, Files: v.files})
	river.AddWorker(workers, &effects.PlaceWorker{Videos: v.videos, Files: v.files, Lingering: v.lingering})
	river.AddWorker(workers, &effects.RemoveWorker{Remover: remover})
	river.AddWorker(workers, &effects.RemoveLaterWorker{Remover: remover})
	river.AddWorker(workers, &effects.RemoveImagesWorker{Files: v.files})
	river.AddWorker(workers, &effects.EraseWorker{Users: v.users, Keys: v.ring})
	v.viewingWork(workers)
	river.AddWorker(workers, queue.NewSchedule[updateVideos](v.updateScheduled))
	river.AddWorker(workers, queue.NewSchedule[sweep](v.sweep))
	return workers
}

// pending counts what is still to be done: events that consumers have not dealt with, and the work they have asked for. Who hears
// of nothing reads next, so the read models are where the log is then.
func (v *server) pending(ctx context.Context) (int64, error) {
	n, err := v.bus.Pending(ctx, v.openWork)
	if err != nil || n > 0 {
		return n, err
	}
	head, err := v.log.Head(ctx)
	if err != nil {
		return 0, err
	}
	v.engine.Wait(ctx, []string{catalog.Name, modelsjobs.Name}, head)
	return 0, nil
}

// openWork counts what waits for a worker or has one. What waits for its time only, such as another attempt at something far away, is
// in /api/v1/jobs/delayed alone.
func (v *server) openWork(ctx context.Context) (int64, error) {
	media, err := v.leases.Open(ctx)
	if err != nil {
		return 0, err
	}
	other, err := v.queue.Count(ctx, []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	}, "")
	return media + int64(other), err
}

// remover takes files away.
func (v *server) remover() *effects.Remover {
	return &effects.Remover{Videos: v.videos, Files: v.files, Lingering: v.lingering}
}

// lingering lists files of a video whose removal waits for its time.
func (v *server) lingering(ctx context.Context, id kernel.VideoID) ([]effects.Removal, error) {
	return effects.LingeringIn(ctx, v.queue, id)
}

// sweep is work by the clock.
type sweep struct{}

// Kind names the work in River.
func (sweep) Kind() string { return queue.PeriodicPrefix + "sweep" }

// sweepEvery is how often what has expired is removed.
const sweepEvery = time.Hour

func (v *server) schedules() []*river.PeriodicJob {
	return append(v.viewingSchedules(),
		queue.Every(sweepEvery, sweep{}),
		queue.Every(v.config.Constants.UpdateVideosEvery, updateVideos{}),
	)
}

// sweep removes expired sessions, uploads that nobody goes on with, command ids that no client repeats any more, and files that a crash left half written.
func (v *server) sweep(ctx context.Context) error {
	_, sessions := v.tokens.Sweep(ctx)
	_, commandIDs := v.log.SweepCommands(ctx, postgres.CommandRetention)
	_, unfinished := v.store.RemoveUnfinished(ctx, 24*time.Hour)
	return errors.Join(sessions, commandIDs, unfinished, v.parts.Sweep(ctx), v.reconcile(ctx))
}
