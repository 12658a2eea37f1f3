package jobs

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Filter says which jobs a list has and which part of it.
type Filter struct {
	// States are the constants of this package, Types PeerTube's runner job types; none means all.
	States []int
	Types  []string
	// Start and Count are the part of the list; Count 0 answers the total only.
	Start, Count int
	// Ascending begins with the oldest request (sort=createdAt), else with the newest.
	Ascending bool
}

// Page is a part of a list.
type Page struct {
	Jobs  []Job
	Total int // of the whole list
}

// List answers a part of the jobs in the order of their requests.
func (q *Jobs) List(ctx context.Context, f Filter) (Page, error) {
	where, args := f.conditions()
	direction := "desc"
	if f.Ascending {
		direction = "asc"
	}
	var page Page
	b := &pgx.Batch{}
	if f.Count > 0 {
		sql := strings.NewReplacer("{where}", where, "{dir}", direction, "{limit}", fmt.Sprintf("$%d", len(args)+1),
			"{offset}", fmt.Sprintf("$%d", len(args)+2)).Replace(listSQL)
		b.Queue(sql, append(args[:len(args):len(args)], f.Count, max(f.Start, 0))...).Query(func(rows pgx.Rows) (err error) {
			page.Jobs, err = pgx.CollectRows(rows, scanJob)
			return err
		})
	}
	b.Queue(strings.ReplaceAll(countSQL, "{where}", where), args...).QueryRow(func(row pgx.Row) error { return row.Scan(&page.Total) })
	if err := q.db.SendBatch(ctx, b).Close(); err != nil {
		return Page{}, fmt.Errorf("jobs: list: %w", err)
	}
	return page, nil
}

// conditions compares with a single value by =, so that the index on it keeps the order of the requests.
func (f Filter) conditions() (string, []any) {
	var texts []string
	var args []any
	add := func(column, array string, one any, many any, count int) {
		switch {
		case count == 1:
			args = append(args, one)
			texts = append(texts, fmt.Sprintf("%s = $%d", column, len(args)))
		case count > 1:
			args = append(args, many)
			texts = append(texts, fmt.Sprintf("%s = any($%d::%s)", column, len(args), array))
		}
	}
	if len(f.States) > 0 {
		add("j.state", "int[]", f.States[0], f.States, len(f.States))
	}
	if len(f.Types) > 0 {
		add("j.type", "text[]", f.Types[0], f.Types, len(f.Types))
	}
	if len(texts) == 0 {
		return "true", nil
	}
	return strings.Join(texts, " and "), args
}
