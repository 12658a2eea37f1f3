package catalog_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine"
)

// plan is what EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) says of a node.
type plan struct {
	Node     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Index    string `json:"Index Name"`
	Hits     int    `json:"Shared Hit Blocks"`
	Reads    int    `json:"Shared Read Blocks"`
	Plans    []plan `json:"Plans"`
}

// indexes are the names of all indexes a plan uses.
func (p plan) indexes() []string {
	var all []string
	if p.Index != "" {
		all = append(all, p.Index)
	}
	for _, below := range p.Plans {
		all = append(all, below.indexes()...)
	}
	return all
}

// scanned are the tables that a plan reads from end to end.
func (p plan) scanned() []string {
	var all []string
	if p.Node == "Seq Scan" {
		all = append(all, p.Relation)
	}
	for _, below := range p.Plans {
		all = append(all, below.scanned()...)
	}
	return all
}

// site is a model of some size.
type site struct {
	db     *engine.DB
	videos int
}

func newSite(ctx context.Context, videos int) site {
	GinkgoHelper()
	shape := catalogtest.Realistic(videos)
	shape.WithoutJobs = true
	e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), shape.Source(), []engine.Definition{catalog.Definition()}, quiet)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(e.Close)
	return site{db: e.DB(catalog.Name), videos: videos}
}

func (i site) explain(ctx context.Context, sql string, args ...any) plan {
	GinkgoHelper()
	var text []byte
	Expect(i.db.QueryRow(ctx, "explain (analyze, buffers, timing off, format json) "+sql, args...).Scan(&text)).To(Succeed())
	var all []struct{ Plan plan }
	Expect(json.Unmarshal(text, &all)).To(Succeed())
	return all[0].Plan
}

func (i site) list(ctx context.Context, f catalog.Filter) plan {
	GinkgoHelper()
	f.Count = 15
	sql, args := catalog.ListStatement(f)
	return i.explain(ctx, sql, args...)
}

// Blocks that are touched measure the work of a question without a clock, so that this holds on a busy machine too.
var _ = Describe("The work of hot questions", Ordered, func() {
	var large site
	BeforeAll(func(ctx SpecContext) { large = newSite(ctx, 4_000) })

	recently := func(i site) time.Time {
		return catalogtest.Epoch.Add(time.Duration(i.videos)*10*time.Minute).AddDate(0, 0, -2)
	}
	channel, owner := catalogtest.ChannelID(3), catalogtest.UserID(3)

	// A page of 15 is a walk along one index and a few look-ups per row. Nothing else may read a table that has a row per video.
	const blocksOfPage = 15 * 16

	DescribeTable("does not grow with the size: lists", func(ctx SpecContext, f catalog.Filter, index string) {
		p := large.list(ctx, f)
		Expect(p.indexes()).To(ContainElement(index))
		Expect(p.scanned()).NotTo(ContainElement(HavePrefix("video")))
		Expect(p.Hits + p.Reads).To(BeNumerically("<=", blocksOfPage))
	},
		Entry("by publication", catalog.Filter{}, "videos_public_by_published"),
		Entry("by creation", catalog.Filter{Sort: catalog.ByCreatedAt}, "videos_public_by_created"),
		Entry("by name", catalog.Filter{Sort: catalog.ByName, Ascending: true}, "videos_public_by_name"),
		Entry("by duration", catalog.Filter{Sort: catalog.ByDuration}, "videos_public_by_seconds"),
		Entry("by original publication", catalog.Filter{Sort: catalog.ByOriginallyPublishedAt}, "videos_public_by_original"),
		Entry("by views", catalog.Filter{Sort: catalog.ByViews}, "counters_public_by_views"),
		Entry("by likes", catalog.Filter{Sort: catalog.ByLikes}, "counters_public_by_likes"),
		Entry("by heat", catalog.Filter{Sort: catalog.ByHot}, "counters_public_by_hot"),
		Entry("of a category", catalog.Filter{Categories: []int{4}}, "videos_public_by_category"),
		Entry("of a channel", catalog.Filter{ChannelID: &channel}, "videos_public_of_channel"),
		Entry("for people who are logged in", catalog.Filter{Audience: catalog.LoggedIn}, "videos_by_published"),
	)

	It("does not grow with the size: trends are of what was watched lately", func(ctx SpecContext) {
		after := large.list(ctx, catalog.Filter{Sort: catalog.ByTrending, TrendingSince: recently(large)})
		Expect(after.indexes()).To(ContainElements("video_views_by_day", "counters_public_by_views"))
	})

	It("is the owner's own along the owner's index", func(ctx SpecContext) {
		p := large.list(ctx, catalog.Filter{
			Audience: catalog.Everything, OwnerID: &owner, IncludeNotPublished: true, Sort: catalog.ByCreatedAt,
		})
		Expect(p.indexes()).To(ContainElement(Or(Equal("videos_of_owner_by_created"), Equal("videos_of_owner_by_published"))))
	})

	It("is a search along trigrams when it finds little", func(ctx SpecContext) {
		p := large.list(ctx, catalog.Filter{Search: "forest 3977"})
		Expect(p.indexes()).To(ContainElement("videos_by_search_text"))
		p = large.list(ctx, catalog.WithTrigrams(catalog.Filter{Search: "forest 3977", Sort: catalog.ByMatch}))
		Expect(p.indexes()).To(ContainElement("videos_by_search_text"))
		Expect(p.scanned()).NotTo(ContainElement("videos"))
	})

	DescribeTable("is a few blocks for single things", func(ctx SpecContext, atMost int, sql string, args ...any) {
		p := large.explain(ctx, sql, args...)
		Expect(p.Hits+p.Reads).To(BeNumerically("<=", atMost), fmt.Sprintf("%+v", p))
	},
		Entry("a key by integer", 20, catalog.KeyByNumberSQL, 17),
		Entry("a key by UUID", 20, catalog.KeyByIDSQL, catalogtest.VideoID(17).UUID),
		Entry("a video of a file", 20, catalog.VideoOfFileSQL, "none.mp4"),
		Entry("a channel", 20, catalog.ChannelSQL, "user3_channel"),
		Entry("an account", 20, catalog.AccountSQL, "user3"),
		Entry("a user", 20, catalog.UserSQL, "user3"),
		Entry("a video", 25, catalog.VideosByIDSQL, "{"+catalogtest.VideoID(17).String()+"}"),
		Entry("its files", 20, catalog.FilesSQL, "{"+catalogtest.VideoID(17).String()+"}"),
		Entry("its playlist", 20, catalog.PlaylistsSQL, "{"+catalogtest.VideoID(17).String()+"}"),
		Entry("a comment", 20, catalog.CommentSQL, 110),
		Entry("a thread", 30, catalog.ThreadSQL, 110, false, nil),
		Entry("the threads of a video", 40, catalog.ThreadsSQL, catalogtest.VideoID(17).UUID, false, nil, 15, 0),
	)

	It("does not grow with the number of comments: those of all videos, the latest first", func(ctx SpecContext) {
		sql, args := catalog.ListCommentsStatement(catalog.CommentFilter{Count: 15})
		p := large.explain(ctx, sql, args...)
		Expect(p.indexes()).To(ContainElement("comments_by_creation"))
		Expect(p.Hits + p.Reads).To(BeNumerically("<=", blocksOfPage))
	})

	// PostgreSQL plans a prepared statement five times for its arguments and then once for all, unless arguments promise a cheaper plan.
	DescribeTable("is planned once for all single things", func(ctx SpecContext, sql string, args ...any) {
		conn, err := large.db.Acquire(ctx)
		Expect(err).NotTo(HaveOccurred())
		defer conn.Release()
		const times = 12
		for range times {
			result, err := conn.Query(ctx, sql, args...)
			Expect(err).NotTo(HaveOccurred())
			result.Close()
			Expect(result.Err()).NotTo(HaveOccurred())
		}
		var anew int
		Expect(conn.QueryRow(ctx, "select custom_plans from pg_prepared_statements where statement = $1", sql).Scan(&anew)).To(Succeed())
		Expect(anew).To(BeNumerically("<=", 5))
	},
		Entry("a key by integer", catalog.KeyByNumberSQL, 17),
		Entry("a video", catalog.VideosByIDSQL, "{"+catalogtest.VideoID(17).String()+"}"),
		Entry("its files", catalog.FilesSQL, "{"+catalogtest.VideoID(17).String()+"}"),
		Entry("its playlist", catalog.PlaylistsSQL, "{"+catalogtest.VideoID(17).String()+"}"),
	)
})
