// Package viewers keeps who watched which part of a video and when, for the statistics of its owner. Nothing names the viewer.
//
// It may import pgx and google/uuid. Tables are those of schema/migrations/ops.
package viewers

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

//go:embed sql/*.sql
var files embed.FS

func statement(name string) string {
	text, err := files.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err) // the folder is embedded: only the name could be wrong
	}
	return string(text)
}

var (
	totalsSQL    = statement("totals")
	watchTimeSQL = statement("watch_time")
	peakSQL      = statement("peak")
	countriesSQL = statement("countries")
	regionsSQL   = statement("regions")
	retentionSQL = statement("retention")
	viewersSQL   = statement("viewers_over_time")
	watchedSQL   = statement("watch_time_over_time")
)

// Store is the viewings of all videos.
type Store struct{ pool *pgxpool.Pool }

// New makes a store over a pool whose search_path is the operational schema.
func New(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// Viewing is what somebody watched of a video in one visit.
type Viewing struct {
	ID, Video      uuid.UUID
	Started, Ended time.Time
	Seconds        int
	// From[n] to To[n] are the sections in seconds of the video.
	From, To []int
}

// Add keeps a viewing; one that is there already stays as it is.
func (s *Store) Add(ctx context.Context, v Viewing) error {
	_, err := s.pool.Exec(ctx, `
		insert into viewings (id, video_id, started_at, ended_at, seconds, from_at, to_at) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (id) do nothing`, v.ID, v.Video, v.Started, v.Ended, v.Seconds, v.From, v.To)
	return wrap("keep a viewing", err)
}

// Expire forgets viewings that ended some time ago.
func (s *Store) Expire(ctx context.Context, age time.Duration) error {
	_, err := s.pool.Exec(ctx, `delete from viewings where ended_at < now() - $1::interval`, age)
	return wrap("expire viewings", err)
}

// Overall sums up the viewings of a video.
type Overall struct {
	Viewers, WatchTime, AverageWatchTime int64
	Peak                                 int64
	PeakAt                               *time.Time // nil when nobody watched
	Countries, Regions                   []Place
}

// Place is where viewers were.
type Place struct {
	Name    string
	Viewers int64
}

// Overall answers the sum of what was watched between two moments, nil for no bound.
func (s *Store) Overall(ctx context.Context, video uuid.UUID, from, to *time.Time) (Overall, error) {
	var o Overall
	b := &pgx.Batch{}
	b.Queue(totalsSQL, video, from, to).QueryRow(func(row pgx.Row) error { return row.Scan(&o.Viewers) })
	b.Queue(watchTimeSQL, video, from, to).QueryRow(func(row pgx.Row) error { return row.Scan(&o.WatchTime, &o.AverageWatchTime) })
	b.Queue(peakSQL, video, from, to).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&o.PeakAt, &o.Peak}, func() error { return nil })
		return err
	})
	places := func(to *[]Place) func(pgx.Rows) error {
		return func(rows pgx.Rows) (err error) {
			*to, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Place])
			return err
		}
	}
	b.Queue(countriesSQL, video, from, to).Query(places(&o.Countries))
	b.Queue(regionsSQL, video, from, to).Query(places(&o.Regions))
	err := s.pool.SendBatch(ctx, b).Close()
	if o.Peak == 0 {
		o.PeakAt = nil
	}
	return o, wrap("sum up viewings", err)
}

// Retained is how many of all viewers saw a second of the video, 0 to 1.
type Retained struct {
	Second int
	Share  float64
}

// Retention answers which part of viewers saw which second, in steps.
func (s *Store) Retention(ctx context.Context, video uuid.UUID, duration, step int) ([]Retained, error) {
	rows, err := s.pool.Query(ctx, retentionSQL, video, duration, step)
	if err != nil {
		return nil, wrap("read retention", err)
	}
	retained, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Retained])
	return retained, wrap("read retention", err)
}

// Metric is what a series counts.
type Metric string

// The metrics, by PeerTube's names.
const (
	Viewers   Metric = "viewers"
	WatchTime Metric = "aggregateWatchTime" // seconds
)

// Point is one interval of a series.
type Point struct {
	At    time.Time
	Value int64
}

// Series answers a metric over time; interval is PostgreSQL's ("1 day").
func (s *Store) Series(ctx context.Context, video uuid.UUID, m Metric, from, to time.Time, interval string) ([]Point, error) {
	sql := viewersSQL
	if m == WatchTime {
		sql = watchedSQL
	}
	rows, err := s.pool.Query(ctx, sql, video, from, to, interval)
	if err != nil {
		return nil, wrap("read a series", err)
	}
	points, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Point])
	return points, wrap("read a series", err)
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("viewers: %s: %w", what, err)
}
