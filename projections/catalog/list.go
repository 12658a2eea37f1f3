package catalog

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// Key names a video in an answer: enough to find an encoded fragment, or to know that there is none, and the counters that
// are put beside it.
type Key struct {
	ID      kernel.VideoID
	Number  int64
	OwnerID kernel.UserID
	Privacy int // PeerTube's numbers
	State   int
	// Revision changes with everything that lists show of the video, its channel and account, but counters.
	Revision eventstore.Position
	// DetailRevision changes with everything that Video shows, but counters.
	DetailRevision eventstore.Position
	Counters       Counters
}

// Counters change without a new revision.
type Counters struct{ Views, Likes, Dislikes, Comments int64 }

// Page is a part of a list.
type Page struct {
	Keys []Key
	// Total counts the whole list; 0 when Filter.SkipTotal is set.
	Total int
}

var (
	listVideos         = query("list_videos")
	listTrendingVideos = query("list_trending_videos")
	countVideos        = query("count_videos")
	marksSQL           = query("marks")
)

// ListVideos answers the keys of a list. Error: CodeInvalid for an order that does not exist.
func (c *Catalog) ListVideos(ctx context.Context, f Filter) (Page, error) {
	if _, known := orders[f.sort()]; !known && f.Sort != ByTrending {
		return Page{}, kernel.Invalid("sort", "Should have correct sort")
	}
	if err := c.findTrigrams(ctx, &f); err != nil {
		return Page{}, err
	}
	var page Page
	var mark eventstore.Position
	b := &pgx.Batch{}
	if f.Count > 0 {
		sql, args := listStatement(f)
		b.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
			page.Keys, err = pgx.CollectRows(rows, scanKey)
			return err
		})
	}
	total := totalOf(f)
	if !f.SkipTotal {
		b.Queue(marksSQL, total.marks).QueryRow(func(row pgx.Row) error { return row.Scan(&mark) })
	}
	if b.Len() > 0 {
		if err := c.db.SendBatch(ctx, b).Close(); err != nil {
			return Page{}, fmt.Errorf("catalog: list videos: %w", err)
		}
	}
	if f.SkipTotal {
		return page, nil
	}
	var err error
	page.Total, err = c.totals.at(ctx, c.db, total, mark)
	return page, err
}

// MyVideos lists what a user owns, in any state and privacy; f narrows it further.
func (c *Catalog) MyVideos(ctx context.Context, owner kernel.UserID, f Filter) (Page, error) {
	f.OwnerID, f.Audience, f.IncludeNotPublished = &owner, Everything, true
	return c.ListVideos(ctx, f)
}

// listStatement composes the statement of a page. Limits are literals, since with parameters the planner thinks of a tenth of
// the table and plans anew for every page; so are first offsets and the day, of which there are few. What is left without
// parameters, the front page among it, is planned once per connection.
func listStatement(f Filter) (string, []any) {
	c := conditionsOf(f)
	where := c.String()
	count, start := max(f.Count, 0), max(f.Start, 0)
	offset, end := "0", strconv.Itoa(count)
	if start > 0 {
		offset = c.next(start) + "::bigint"
		end += " + " + offset
	}
	o := f.order(&c)
	fill := []string{"{dir}", f.direction(), "{where}", where, "{limit}", strconv.Itoa(count), "{offset}", offset, "{end}", end}
	if f.Sort == ByTrending {
		fill = append(fill, "{since}", strconv.Itoa(Day(f.TrendingSince)))
		return filled(listTrendingVideos, fill), c.args
	}
	from, number := "videos v", "v.number"
	if o.counters {
		from, number = "video_counters c join videos v on v.id = c.video_id", "c.number"
	}
	fill = append(fill, "{by}", o.by, "{from}", from, "{number}", number)
	return filled(listVideos, fill), c.args
}

// statementsKept bounds the composed statements that are remembered; they depend on the shape of a filter, hardly on its values.
const statementsKept = 512

var statements, _ = lru.New[string, string](statementsKept) // fails for sizes below 1 only

// filled puts the parts into a template. Composing costs as much as running the front page's statement, so it is done once.
func filled(template string, fill []string) string {
	key := strings.Join(fill, "\x00") + "\x00" + template
	if known, ok := statements.Get(key); ok {
		return known
	}
	composed := strings.NewReplacer(fill...).Replace(template)
	statements.Add(key, composed)
	return composed
}

func scanKey(row pgx.CollectableRow) (k Key, err error) {
	return k, row.Scan(k.destinations()...)
}

func (k *Key) destinations() []any {
	return []any{
		&k.ID.UUID, &k.Number, &k.OwnerID.UUID, &k.Privacy, &k.State, &k.Revision, &k.DetailRevision,
		&k.Counters.Views, &k.Counters.Likes, &k.Counters.Dislikes, &k.Counters.Comments,
	}
}
