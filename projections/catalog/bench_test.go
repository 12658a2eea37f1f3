package catalog_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"vidilog/domain/kernel"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine"
)

// BenchmarkQuestions asks the hot questions of a small and a large instance: the time must not grow with the size.
//
//	go test -run - -bench Questions ./projections/catalog
func BenchmarkQuestions(b *testing.B) {
	for _, videos := range []int{1_000, 100_000} {
		shape := catalogtest.Realistic(videos)
		shape.WithoutJobs = true
		started := time.Now()
		e, err := engine.Open(b.Context(), testpg.DSN(b), shape.Source(), []engine.Definition{catalog.Definition()}, quiet)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(e.Close)
		head := e.Position(catalog.Name)
		b.Logf("%d videos: %d events in %s, %.0f a second", videos, head, time.Since(started).Round(time.Millisecond),
			float64(head)/time.Since(started).Seconds())
		questions := catalog.New(e.DB(catalog.Name))
		for _, q := range hotQuestions(videos) {
			b.Run(fmt.Sprintf("%s/%d", q.name, videos), func(b *testing.B) {
				for b.Loop() {
					if err := q.ask(b.Context(), questions); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

type question struct {
	name string
	ask  func(context.Context, *catalog.Catalog) error
}

func hotQuestions(videos int) []question {
	list := func(name string, f catalog.Filter) question {
		if f.Count == 0 {
			f.Count = 15
		}
		return question{name, func(ctx context.Context, c *catalog.Catalog) error {
			page, err := c.ListVideos(ctx, f)
			if err == nil && len(page.Keys) == 0 {
				err = fmt.Errorf("%s: nothing found", name)
			}
			return err
		}}
	}
	channel, owner := catalogtest.ChannelID(3), catalogtest.UserID(3)
	last := catalogtest.Epoch.Add(time.Duration(videos) * 10 * time.Minute)
	var ids []kernel.VideoID
	for n := range int64(20) {
		ids = append(ids, catalogtest.VideoID(n+1))
	}
	return []question{
		list("published", catalog.Filter{}),
		list("loggedIn", catalog.Filter{Audience: catalog.LoggedIn}),
		list("withoutTotal", catalog.Filter{SkipTotal: true}),
		list("name", catalog.Filter{Sort: catalog.ByName, Ascending: true}),
		list("views", catalog.Filter{Sort: catalog.ByViews}),
		list("hot", catalog.Filter{Sort: catalog.ByHot}),
		list("trending", catalog.Filter{Sort: catalog.ByTrending, TrendingSince: last.AddDate(0, 0, -7)}),
		list("category", catalog.Filter{Categories: []int{4}}),
		list("tag", catalog.Filter{TagsOneOf: []string{"chess"}}),
		list("channel", catalog.Filter{ChannelID: &channel}),
		list("mine", catalog.Filter{Audience: catalog.Everything, OwnerID: &owner, IncludeNotPublished: true, Sort: catalog.ByCreatedAt}),
		list("search", catalog.Filter{Search: fmt.Sprintf("%d", videos-7)}),
		{"key", func(ctx context.Context, c *catalog.Catalog) error {
			_, err := c.VideoKey(ctx, catalog.ByNumber(17))
			return err
		}},
		{"video", func(ctx context.Context, c *catalog.Catalog) error {
			_, err := c.Video(ctx, catalog.ByID(catalogtest.VideoID(17)))
			return err
		}},
		{"videosByID", func(ctx context.Context, c *catalog.Catalog) error {
			_, err := c.VideosByID(ctx, ids)
			return err
		}},
	}
}
