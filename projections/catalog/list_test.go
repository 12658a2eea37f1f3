package catalog_test

import (
	"fmt"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var yes, no = true, false

// numbers are the integers of the videos a filter lets through, all on one page.
func (w *world) numbers(ctx SpecContext, f catalog.Filter) []int {
	GinkgoHelper()
	f.Count = 100
	page, err := w.ListVideos(ctx, f)
	Expect(err).NotTo(HaveOccurred())
	Expect(page.Total).To(Equal(len(page.Keys)), "the total of what fits on one page")
	found := []int{}
	for _, k := range page.Keys {
		found = append(found, int(k.Number))
	}
	return found
}

func with(number int, change func(*video.Attributes)) video.Uploaded {
	return uploaded(number, func(e *video.Uploaded) { change(&e.Attributes) })
}

var _ = Describe("A list of videos", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
	})

	It("has what everybody may see, the newest first, in parts", func(ctx SpecContext) {
		w.given(ctx, uploaded(1), uploaded(2), uploaded(3))
		page, err := w.ListVideos(ctx, catalog.Filter{Start: 1, Count: 1})
		Expect(err).NotTo(HaveOccurred())
		Expect(page.Total).To(Equal(3))
		Expect(page.Keys).To(HaveLen(1))
		Expect(w.VideoKey(ctx, catalog.ByNumber(2))).To(Equal(page.Keys[0]))
		Expect(w.ListVideos(ctx, catalog.Filter{})).To(Equal(catalog.Page{Total: 3}))
		page, err = w.ListVideos(ctx, catalog.Filter{Count: 5, SkipTotal: true})
		Expect(err).NotTo(HaveOccurred())
		Expect(page.Keys).To(HaveLen(3))
		Expect(page.Total).To(BeZero())
	})

	It("has the total of now, whatever was counted before", func(ctx SpecContext) {
		total := func() int {
			page, err := w.ListVideos(ctx, catalog.Filter{HasHLS: &no})
			Expect(err).NotTo(HaveOccurred())
			return page.Total
		}
		Expect(total()).To(Equal(0))
		w.given(ctx, theFilm(), uploaded(2))
		Expect(total()).To(Equal(2))
		w.given(ctx, hlsRendition(240))
		Expect(total()).To(Equal(1))
		w.given(ctx, video.Deleted{VideoID: uploaded(2).VideoID, OwnerID: anna})
		Expect(total()).To(Equal(0))
	})

	It("carries revisions that change with the video and its channel's and account's names, not with counters", func(ctx SpecContext) {
		revision := func() any {
			page, err := w.ListVideos(ctx, catalog.Filter{Count: 1, SkipTotal: true})
			Expect(err).NotTo(HaveOccurred())
			return int64(page.Keys[0].Revision)
		}
		w.given(ctx, theFilm()) // 5
		Expect(revision()).To(Equal(int64(5)))
		w.given(ctx, video.ViewsCounted{VideoID: film, Views: 1, From: epoch, To: epoch})
		Expect(revision()).To(Equal(int64(5)))
		w.given(ctx, hlsRendition(240)) // 7
		Expect(revision()).To(Equal(int64(7)))
	})
})

func ptr[T any](v T) *T { return &v }

var _ = DescribeTable("Folded text", func(text, want string) { Expect(catalog.Folded(text)).To(Equal(want)) },
	Entry("is lower case", "ABC", "abc"),
	Entry("has no accents", "Ça été naïf Ångström", "ca ete naif angstrom"),
	Entry("keeps other scripts", "日本 Ελλάδα", "日本 ελλαδα"),
)

var _ = Describe("A list of videos by privacy and state", Ordered, func() {
	var w *world
	BeforeAll(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
		for p := video.Public; p <= video.PasswordProtected; p++ {
			w.given(ctx, with(int(p), func(a *video.Attributes) { a.Privacy = p }))
		}
		w.given(ctx, uploaded(6, func(e *video.Uploaded) { e.State = video.StateToTranscode }))
	})
	DescribeTable("to", func(ctx SpecContext, f catalog.Filter, want ...int) {
		Expect(w.numbers(ctx, f)).To(ConsistOf(want))
	},
		Entry("anyone: what is public and published", catalog.Filter{}, 1),
		Entry("people who are logged in: internal ones too", catalog.Filter{Audience: catalog.LoggedIn}, 1, 4),
		Entry("administrators: everything that is published", catalog.Filter{Audience: catalog.Everything}, 1, 2, 3, 4, 5),
		Entry("those who ask for some privacies", catalog.Filter{Audience: catalog.Everything, Privacies: []int{2, 3}}, 2, 3),
		Entry("nobody more than the audience", catalog.Filter{Privacies: []int{1, 3}}, 1),
		Entry("with what is not published", catalog.Filter{IncludeNotPublished: true}, 1, 6),
		Entry("by state", catalog.Filter{States: []int{2}}, 6),
		Entry("along the counters as well", catalog.Filter{Sort: catalog.ByViews}, 1),
		Entry("people who are logged in along the counters", catalog.Filter{Sort: catalog.ByLikes, Audience: catalog.LoggedIn}, 1, 4),
		Entry("by trend as well", catalog.Filter{Sort: catalog.ByTrending}, 1),
	)
	It("to their owner", func(ctx SpecContext) {
		page, err := w.MyVideos(ctx, anna, catalog.Filter{Count: 100, Sort: catalog.ByCreatedAt})
		Expect(err).NotTo(HaveOccurred())
		Expect(page.Total).To(Equal(6))
		Expect(page.Keys[0].Number).To(BeEquivalentTo(6))
		page, err = w.MyVideos(ctx, kernel.UserID{UUID: id("bob")}, catalog.Filter{Count: 100})
		Expect(err).NotTo(HaveOccurred())
		Expect(page.Total).To(BeZero())
	})
})

var _ = Describe("A list of videos that is filtered", Ordered, func() {
	var w *world
	category, licence, french, english := 3, 2, "fr", "en"
	BeforeAll(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
		w.given(ctx,
			with(1, func(a *video.Attributes) {
				a.Category, a.Language, a.Tags = &category, &french, []string{"Cats", "dogs"}
			}),
			with(2, func(a *video.Attributes) { a.Licence, a.Language, a.Tags = &licence, &english, []string{"dogs"} }),
			with(3, func(a *video.Attributes) { a.NSFW, a.NSFWFlags, a.Name = true, video.Violent, "Ça ira 100%" }),
			uploaded(4, func(e *video.Uploaded) { e.ChannelID, e.Seconds = sports, 600 }),
			video.CaptionSet{VideoID: uploaded(4).VideoID, Caption: video.Caption{Language: "pl", FileName: "pl.vtt"}})
	})
	DescribeTable("by", func(ctx SpecContext, f catalog.Filter, want ...int) {
		Expect(w.numbers(ctx, f)).To(ConsistOf(want))
	},
		Entry("category", catalog.Filter{Categories: []int{3}}, 1),
		Entry("one of several categories", catalog.Filter{Categories: []int{3, 4}}, 1),
		Entry("licence", catalog.Filter{Licences: []int{2}}, 2),
		Entry("language", catalog.Filter{Languages: []string{"fr"}}, 1),
		Entry("languages", catalog.Filter{Languages: []string{"fr", "en"}}, 1, 2),
		Entry("language or none", catalog.Filter{Languages: []string{"fr", catalog.UnknownLanguage}}, 1, 3, 4),
		Entry("language of captions", catalog.Filter{Languages: []string{"pl", "fr"}}, 1, 4),
		Entry("no language", catalog.Filter{Languages: []string{catalog.UnknownLanguage}}, 3, 4),
		Entry("one of some tags, whatever their case", catalog.Filter{TagsOneOf: []string{"CATS", "birds"}}, 1),
		Entry("all of some tags", catalog.Filter{TagsAllOf: []string{"cats", "Dogs"}}, 1),
		Entry("what is not for everybody", catalog.Filter{NSFW: &yes}, 3),
		Entry("what is for everybody", catalog.Filter{NSFW: &no}, 1, 2, 4),
		Entry("what is for everybody, and what is violent", catalog.Filter{NSFW: &no, NSFWFlagsIncluded: 1}, 1, 2, 3, 4),
		Entry("what is for everybody, and what is explicit", catalog.Filter{NSFW: &no, NSFWFlagsIncluded: 2}, 1, 2, 4),
		Entry("what is not violent", catalog.Filter{NSFWFlagsExcluded: 1}, 1, 2, 4),
		Entry("what is not explicit", catalog.Filter{NSFWFlagsExcluded: 2}, 1, 2, 3, 4),
		Entry("single videos", catalog.Filter{IDs: []kernel.VideoID{uploaded(2).VideoID, {UUID: id("none")}}}, 2),
		Entry("no videos", catalog.Filter{IDs: []kernel.VideoID{}}),
		Entry("what is known not to be here", catalog.Filter{Nothing: true}),
		Entry("what the viewer has not seen", catalog.Filter{Watched: []kernel.VideoID{uploaded(2).VideoID}, ExcludeWatched: true}, 1, 3, 4),
		Entry("nothing of what the viewer has seen, unless asked", catalog.Filter{Watched: []kernel.VideoID{uploaded(2).VideoID}}, 1, 2, 3, 4),
		Entry("having any files", catalog.Filter{HasFiles: true}, 1, 2, 3, 4),
		Entry("channel", catalog.Filter{ChannelID: &sports}, 4),
		Entry("account", catalog.Filter{AccountID: &annas}, 1, 2, 3, 4),
		Entry("owner", catalog.Filter{OwnerID: &anna}, 1, 2, 3, 4),
		Entry("origin: here", catalog.Filter{IsLocal: &yes}, 1, 2, 3, 4),
		Entry("origin: elsewhere", catalog.Filter{IsLocal: &no}),
		Entry("being live", catalog.Filter{IsLive: &yes}),
		Entry("having web videos", catalog.Filter{HasWebVideos: &yes}, 1, 2, 3, 4),
		Entry("having HLS", catalog.Filter{HasHLS: &yes}),
		Entry("part of the name without accent and case", catalog.Filter{Search: "ca IR"}, 3),
		Entry("a character that means something to LIKE", catalog.Filter{Search: "0%"}, 3),
		Entry("the same where it does not stand", catalog.Filter{Search: "i%a"}),
		Entry("a whole tag", catalog.Filter{Search: "DOGS"}, 1, 2),
		Entry("a UUID", catalog.Filter{Search: uploaded(2).VideoID.String()}, 2),
		Entry("duration", catalog.Filter{SecondsFrom: ptr(61), SecondsTo: ptr(600)}, 4),
		Entry("publication", catalog.Filter{PublishedFrom: ptr(at(6)), PublishedTo: ptr(at(7))}, 2, 3),
		Entry("original publication", catalog.Filter{OriginallyPublishedFrom: ptr(at(0)), OriginallyPublishedTo: ptr(at(99))}),
		Entry("two things at once", catalog.Filter{Languages: []string{"en"}, TagsOneOf: []string{"dogs"}, NSFW: &no}, 2),
	)
})

var _ = Describe("A list of videos that is sorted", Ordered, func() {
	var w *world
	BeforeAll(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
		older := at(-1000)
		w.given(ctx,
			uploaded(1, func(e *video.Uploaded) { e.Attributes.Name, e.Seconds = "Beta", 20 }),
			uploaded(2, func(e *video.Uploaded) { e.Attributes.Name, e.Seconds, e.Original.Bytes = "alpha", 20, 1 }),
			uploaded(3, func(e *video.Uploaded) {
				e.Attributes.Name, e.Seconds, e.Attributes.OriginallyPublishedAt = "Gamma", 30, &older
			}),
			video.ViewsCounted{VideoID: uploaded(1).VideoID, Views: 10, From: epoch.AddDate(0, 0, -30), To: epoch},
			video.ViewsCounted{VideoID: uploaded(2).VideoID, Views: 5, From: epoch, To: epoch.Add(time.Hour)})
	})
	DescribeTable("by", func(ctx SpecContext, sort catalog.Sort, falling, rising []int) {
		f := catalog.Filter{Sort: sort, TrendingSince: epoch.AddDate(0, 0, -7)}
		Expect(w.numbers(ctx, f)).To(Equal(falling), "-"+string(sort))
		f.Ascending = true
		Expect(w.numbers(ctx, f)).To(Equal(rising), string(sort))
	},
		Entry("duration, the integer breaking ties upwards", catalog.ByDuration, []int{3, 1, 2}, []int{1, 2, 3}),
		Entry("creation", catalog.ByCreatedAt, []int{3, 2, 1}, []int{1, 2, 3}),
		Entry("change", catalog.ByUpdatedAt, []int{3, 2, 1}, []int{1, 2, 3}),
		Entry("publication", catalog.ByPublishedAt, []int{3, 2, 1}, []int{1, 2, 3}),
		Entry("original publication", catalog.ByOriginallyPublishedAt, []int{2, 1, 3}, []int{3, 1, 2}),
		Entry("views", catalog.ByViews, []int{1, 2, 3}, []int{3, 2, 1}),
		Entry("likes", catalog.ByLikes, []int{1, 2, 3}, []int{1, 2, 3}),
		Entry("comments", catalog.ByComments, []int{1, 2, 3}, []int{1, 2, 3}),
		Entry("recent views, then all views", catalog.ByTrending, []int{2, 1, 3}, []int{3, 1, 2}),
		Entry("heat", catalog.ByHot, []int{1, 2, 3}, []int{3, 2, 1}),
		Entry("what is best", catalog.ByBest, []int{1, 2, 3}, []int{3, 2, 1}),
		Entry("size on disk", catalog.ByLocalVideoFilesSize, []int{1, 3, 2}, []int{2, 1, 3}),
	)
	It("in parts by recent views too", func(ctx SpecContext) {
		for start, want := range []int64{2, 1, 3} {
			page, err := w.ListVideos(ctx, catalog.Filter{Sort: catalog.ByTrending, TrendingSince: epoch, Start: start, Count: 1})
			Expect(err).NotTo(HaveOccurred())
			Expect(page.Keys).To(HaveExactElements(HaveField("Number", want)), fmt.Sprint(start))
		}
	})
	It("as what is best, with what the viewer has seen behind it", func(ctx SpecContext) {
		Expect(w.numbers(ctx, catalog.Filter{Sort: catalog.ByBest, Watched: []kernel.VideoID{uploaded(1).VideoID}})).To(Equal([]int{2, 3, 1}))
	})
	It("by how well names fit, though no name has it as such", func(ctx SpecContext) {
		w.given(ctx,
			with(4, func(a *video.Attributes) { a.Name = "3333 4444 5555" }),
			with(5, func(a *video.Attributes) { a.Name = "3333 4444 5555 duplicate" }))
		search := catalog.Filter{Search: "4444 5555 duplicate", Sort: catalog.ByMatch}
		Expect(w.numbers(ctx, search)).To(Equal([]int{5, 4}))
		search.Search = "4444 5555"
		Expect(w.numbers(ctx, search)).To(Equal([]int{4, 5}), "the integer breaks ties")
		search.Search = "Gamma"
		Expect(w.numbers(ctx, search)).To(Equal([]int{3}))
		Expect(w.numbers(ctx, catalog.Filter{Sort: catalog.ByMatch})).To(Equal([]int{1, 2, 3, 4, 5}), "without a search")
	})
	It("in no order that does not exist", func(ctx SpecContext) {
		_, err := w.ListVideos(ctx, catalog.Filter{Sort: "toto", Count: 1})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
	})
})
