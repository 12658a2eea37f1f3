package catalog

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// totals keeps how long lists are. Counting reads every row, so it is done once and holds until an event that can change the
// result: those leave a mark, which is one row to look at. Views and transcoding progress leave none.
type totals struct {
	known *lru.Cache[string, knownTotal]
	once  singleflight.Group
}

type knownTotal struct {
	mark  eventstore.Position
	total int
}

// keptTotals bounds the memory; there are as many lists as people think of filters.
const keptTotals = 4_096

func newTotals() *totals {
	known, err := lru.New[string, knownTotal](keptTotals)
	if err != nil {
		panic(err) // only for a size below 1
	}
	return &totals{known: known}
}

// total is a question for the length of a list.
type total struct {
	key   string
	sql   string
	args  []any
	marks []string
}

func totalOf(f Filter) total {
	f.Sort = ByPublishedAt // the order matters no more, and its conditions on counters would
	c := conditionsOf(f)
	t := total{marks: []string{markVideos}}
	if c.files {
		t.marks = append(t.marks, markFiles)
	}
	where := c.String()
	hash := sha256.Sum256([]byte(where + fmt.Sprint(c.args))) // arguments can be long: what somebody has watched
	t.key = string(hash[:])
	t.sql = strings.NewReplacer("{where}", where, "{marks}", c.next(t.marks)).Replace(countVideos)
	t.args = c.args
	return t
}

// at answers the length as of a mark or later.
func (k *totals) at(ctx context.Context, db engine.Querier, t total, mark eventstore.Position) (int, error) {
	if known, ok := k.known.Get(t.key); ok && known.mark >= mark {
		return known.total, nil
	}
	// Those who ask at the same time share one count; it must not end with the first one's request.
	answer, err, _ := k.once.Do(fmt.Sprint(mark, t.key), func() (any, error) {
		var counted knownTotal
		row := db.QueryRow(context.WithoutCancel(ctx), t.sql, t.args...)
		if err := row.Scan(&counted.mark, &counted.total); err != nil {
			return nil, fmt.Errorf("catalog: count videos: %w", err)
		}
		k.known.Add(t.key, counted)
		return counted.total, nil
	})
	if err != nil {
		return 0, err
	}
	return answer.(int), nil
}
