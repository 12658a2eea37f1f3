package stats

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/projections/engine"
)

// Stats answers questions about the model. It may be used from any goroutine.
type Stats struct{ db engine.Querier }

// New asks db, which is engine.DB(Name).
func New(db engine.Querier) *Stats { return &Stats{db: db} }

// Totals are the instance's numbers. All users and videos of this release are local.
type Totals struct {
	Users  int64
	Videos int64 // that have not been deleted
	Views  int64 // of all videos, deleted ones included
	// FileBytes are the sizes of all renditions.
	FileBytes int64
}

// Day is what happened on one day (UTC).
type Day struct {
	Day           time.Time // its beginning
	Users         int64
	Uploads       int64
	Deletions     int64
	Views         int64
	UploadedBytes int64
}

//go:embed sql/*.sql
var queries embed.FS

// query reads a statement by the name of the question it answers.
var query = engine.Queries(queries)

var totalsSQL, daysSQL = query("totals"), query("days")

// Totals answers the numbers now. It adds up the sizes of all files, so the caller keeps the answer for a while.
func (s *Stats) Totals(ctx context.Context) (t Totals, err error) {
	if err := s.db.QueryRow(ctx, totalsSQL).Scan(&t.Users, &t.Videos, &t.Views, &t.FileBytes); err != nil {
		return t, fmt.Errorf("stats: %w", err)
	}
	return t, nil
}

// Days answers the days on which something happened, from the day of one moment to that of another, inclusive.
func (s *Stats) Days(ctx context.Context, from, to time.Time) ([]Day, error) {
	result, err := s.db.Query(ctx, daysSQL, dayOf(from), dayOf(to))
	if err != nil {
		return nil, fmt.Errorf("stats: %w", err)
	}
	days, err := pgx.CollectRows(result, func(row pgx.CollectableRow) (d Day, err error) {
		var number int64
		err = row.Scan(&number, &d.Users, &d.Uploads, &d.Deletions, &d.Views, &d.UploadedBytes)
		d.Day = time.Unix(number*24*60*60, 0).UTC()
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("stats: %w", err)
	}
	return days, nil
}
