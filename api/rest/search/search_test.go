package search_test

import (
	"net/http"
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/search"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/config"
	"vidilog/projections/catalog"
)

var _ = Describe("A search", Ordered, func() {
	var (
		films  = map[string]catalog.Video{}
		routes http.Handler
		c      = &config.Config{Constants: config.TestConstants()}
	)
	BeforeAll(func(ctx SpecContext) {
		w := apitest.New(ctx)
		ada := w.Person("ada", user.Ordinary)
		w.Person("bob", user.Ordinary)
		category := 5
		named := func(name string, privacy video.Privacy, tags ...string) {
			films[name] = w.Show(ctx, ada, privacy, func(u *commandsvideo.Upload) {
				u.Attributes.Name, u.Attributes.Tags, u.Attributes.Category = name, tags, &category
			})
		}
		named("Yellow banana", video.Public, "fruit")
		named("Green apple", video.Public, "fruit", "tree")
		named("Hidden banana", video.Private, "fruit")
		named("Unlisted banana", video.Unlisted)
		routes = (&search.API{
			Site: apitest.Site, Catalog: w.Catalog, Videos: w.Videos(), Waiter: w.Engine, Config: func() *config.Config { return c },
		}).Router()
	})
	ask := func(path string) apitest.Answer {
		return apitest.Ask(routes, commands.Anonymous(), http.MethodGet, "/api/v1"+path, "")
	}
	found := func(path string) (names []string) {
		GinkgoHelper()
		var answer struct {
			Total int
			Data  []struct{ Name string }
		}
		ask(path).JSON(&answer)
		for _, v := range answer.Data {
			names = append(names, v.Name)
		}
		Expect(answer.Total).To(Equal(len(names)))
		return names
	}

	Describe("for videos", func() {
		It("finds what is public by words of its name", func() {
			Expect(found("/search/videos?search=banana")).To(Equal([]string{"Yellow banana"}))
			Expect(found("/search/videos?search=BANANAS")).To(ContainElement("Yellow banana"), "a like word")
			Expect(found("/search/videos?search=cherry")).To(BeEmpty())
		})
		It("takes addresses of videos for what they lead to, unlisted ones not among them", func() {
			for _, page := range []string{"https://video.example/w/" + shape.ShortUUID(films["Green apple"].ID.UUID), "https://video.example/videos/watch/" + films["Green apple"].ID.String()} {
				Expect(found("/search/videos?search="+url.QueryEscape(page))).To(Equal([]string{"Green apple"}), page)
			}
			for _, page := range []string{"https://video.example/w/" + shape.ShortUUID(films["Hidden banana"].ID.UUID), "https://other.example/w/1", "https://video.example/w/banana"} {
				Expect(found("/search/videos?search="+url.QueryEscape(page))).To(BeEmpty(), page)
			}
		})
		It("is bound by tags, ids, time, duration and host", func() {
			for query, expected := range map[string][]string{
				"tagsOneOf=tree": {"Green apple"}, "tagsAllOf=fruit&tagsAllOf=tree": {"Green apple"}, "uuids=" + films["Yellow banana"].ID.String(): {"Yellow banana"},
				"durationMin=11": nil, "durationMax=10&tagsOneOf=tree": {"Green apple"}, "endDate=2000-01-01": nil, "startDate=2000-01-01&tagsOneOf=tree": {"Green apple"},
				"host=other.example": nil, "host=video.example&tagsOneOf=tree": {"Green apple"}, "categoryOneOf=6": nil,
			} {
				Expect(found("/search/videos?sort=name&"+query)).To(Equal(expected), query)
			}
			Expect(found("/search/videos?sort=-name&tagsOneOf=fruit")).To(Equal([]string{"Yellow banana", "Green apple"}))
		})
		DescribeTable("is refused", func(query, parameter string) {
			Expect(ask("/search/videos?" + query).InvalidParams()).To(Equal([]string{parameter}))
		},
			Entry("with an empty text", "search=", "search"), Entry("in an unknown order", "sort=trending", "sort"), Entry("with a bad id", "uuids=a", "uuids"),
			Entry("with a bad host", "host=a%20b", "host"), Entry("with a bad date", "startDate=noon", "startDate"), Entry("with a duration in words", "durationMin=long", "durationMin"),
			Entry("in an index that is off", "searchTarget=search-index", "searchTarget"), Entry("with a bad page", "count=101", "count"))
		It("may ask the index where an administrator has switched it on", func() {
			c.Search.SearchIndex.Enabled = true
			DeferCleanup(func() { c.Search.SearchIndex.Enabled = false })
			Expect(ask("/search/videos?searchTarget=search-index&search=banana").Status).To(Equal(http.StatusOK))
		})
	})

	Describe("for channels", func() {
		It("finds them by name, handle, address and exactly", func() {
			for query, expected := range map[string][]string{
				"search=ada": {"ada_channel"}, "search=ada_channel@video.example": {"ada_channel"}, "search=@ada_channel@video.example": {"ada_channel"},
				"search=" + url.QueryEscape("https://video.example/c/ada_channel"): {"ada_channel"}, "handles=bob_channel&handles=ada_channel@video.example&sort=displayName": {"ada_channel", "bob_channel"},
				"search=ada_channel@other.example": nil, "search=" + url.QueryEscape("https://other.example/c/ada_channel"): nil, "search=ada&host=other.example": nil,
			} {
				Expect(found("/search/video-channels?"+query)).To(Equal(expected), query)
			}
		})
		DescribeTable("is refused", func(query, parameter string) {
			Expect(ask("/search/video-channels?" + query).InvalidParams()).To(Equal([]string{parameter}))
		},
			Entry("with an empty text", "search=", "search"), Entry("with no handles", "handles=", "handles"), Entry("in an unknown order", "sort=name", "sort"))
	})
	It("for playlists finds none, and refuses what is wrong", func() {
		Expect(found("/search/video-playlists?search=banana")).To(BeEmpty())
		Expect(ask("/search/video-playlists?uuids=a").InvalidParams()).To(Equal([]string{"uuids"}))
	})

	Describe("without words is the overview, which", func() {
		It("samples what enough public videos have", func() {
			c.Constants.OverviewSampleThreshold = 2
			var answer struct {
				Categories []struct{ Category struct{ ID int } }
				Channels   []struct{ Channel struct{ Name string } }
				Tags       []struct {
					Tag    string
					Videos []struct{ Name string }
				}
			}
			ask("/overviews/videos").JSON(&answer)
			Expect(answer.Categories[0].Category.ID).To(Equal(5))
			Expect(answer.Channels[0].Channel.Name).To(Equal("ada_channel"))
			Expect(answer.Tags[0].Tag).To(Equal("fruit"))
			Expect(answer.Tags[0].Videos).To(HaveLen(2), "what is hidden is not among them")
		})
		It("has pages up to 20", func() {
			Expect(ask("/overviews/videos?page=20").Status).To(Equal(http.StatusOK))
			for _, page := range []string{"0", "21", "x"} {
				Expect(ask("/overviews/videos?page=" + page).InvalidParams()).To(Equal([]string{"page"}))
			}
		})
	})
})
