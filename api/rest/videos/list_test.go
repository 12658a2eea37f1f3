package videos_test

import (
	"context"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/ratings"
	"vidilog/api/rest/respond"
	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsrating "vidilog/commands/rating"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/projections/catalog"
)

// Answers of this list are kept whole in memory. What somebody has changed must be in the very next one.
var _ = Describe("The list of videos, which is kept", func() {
	var (
		w          *apitest.World
		ada        commandstest.Person
		film       catalog.Video
		ask        func(as commands.Caller, method, path, body string) apitest.Answer
		audience   uint64
		isWatching int64
		looks      int
	)
	const listed = "/api/v1/videos?sort=name"
	BeforeEach(func(ctx SpecContext) {
		w = apitest.New(ctx)
		ada = w.Person("ada", user.Ordinary)
		film = w.Show(ctx, ada, video.Public)
		audience, isWatching, looks = 0, 0, 0
		api := w.Videos()
		api.Anonymous = respond.NewAnonymous(func() eventstore.Position { return w.Engine.Position(catalog.Name) }, func() uint64 { return audience })
		api.RemoveFiles = func(context.Context, kernel.VideoID) error { return nil }
		api.Policies.Viewers = func(kernel.VideoID) int64 { looks++; return isWatching }
		rated := &ratings.API{
			Catalog: w.Catalog, Commands: commandsrating.New(w.Bus), Writes: w.Writes(), Videos: api, Host: apitest.Site.Host,
			See: w.Guard().See,
		}
		router := api.Router(rated.Routes)
		ask = func(as commands.Caller, method, path, body string) apitest.Answer {
			return apitest.Ask(router, as, method, path, body)
		}
	})
	type item struct {
		Name            string
		Likes, Dislikes int
		Viewers         int64
		Views           int
	}
	list := func() (items []item) {
		GinkgoHelper()
		answer := ask(commands.Anonymous(), http.MethodGet, listed, "")
		Expect(answer.Status).To(Equal(http.StatusOK), answer.Body)
		var page struct {
			Total int
			Data  []item
		}
		answer.JSON(&page)
		Expect(page.Total).To(Equal(len(page.Data)))
		return page.Data
	}
	change := func(method, below, body string) {
		GinkgoHelper()
		answer := ask(ada.Caller, method, "/api/v1/videos/"+film.ID.String()+below, body)
		Expect(answer.Status).To(Equal(http.StatusNoContent), answer.Body)
	}

	It("is made once while nothing happens", func() {
		first := list()
		Expect(first).To(Equal([]item{{Name: "A film"}}))
		Expect(list()).To(Equal(first))
		Expect(looks).To(Equal(1), "the second was kept")
	})
	DescribeTable("shows at once", func(expected []item, changes ...[3]string) {
		Expect(list()).To(Equal([]item{{Name: "A film"}}))
		for _, c := range changes {
			list()
			change(c[0], c[1], c[2])
		}
		Expect(list()).To(BeEquivalentTo(expected))
	},
		Entry("an update", []item{{Name: "Another name"}}, [3]string{http.MethodPut, "", `{"name":"Another name"}`}),
		Entry("a deletion", []item{}, [3]string{http.MethodDelete, "", ""}),
		Entry("that a video is private now", []item{}, [3]string{http.MethodPut, "", `{"privacy":3}`}),
		Entry("that a video is public again", []item{{Name: "A film"}},
			[3]string{http.MethodPut, "", `{"privacy":3}`}, [3]string{http.MethodPut, "", `{"privacy":1}`}),
		Entry("a new rating", []item{{Name: "A film", Likes: 1}}, [3]string{http.MethodPut, "/rate", `{"rating":"like"}`}),
		Entry("another rating", []item{{Name: "A film", Dislikes: 1}},
			[3]string{http.MethodPut, "/rate", `{"rating":"like"}`}, [3]string{http.MethodPut, "/rate", `{"rating":"dislike"}`}),
		Entry("that a rating is taken back", []item{{Name: "A film"}},
			[3]string{http.MethodPut, "/rate", `{"rating":"like"}`}, [3]string{http.MethodPut, "/rate", `{"rating":"none"}`}),
	)
	It("shows at once what others have published", func(ctx SpecContext) {
		Expect(list()).To(HaveLen(1))
		w.Show(ctx, w.Person("bob", user.Ordinary), video.Public)
		Expect(list()).To(HaveLen(2))
	})
	It("shows at once who begins to watch", func() {
		Expect(list()).To(Equal([]item{{Name: "A film"}}))
		audience, isWatching = 1, 3
		Expect(list()).To(Equal([]item{{Name: "A film", Viewers: 3}}))
	})
	It("is made for everybody who has logged in", func() {
		for range 2 {
			Expect(ask(ada.Caller, http.MethodGet, listed, "").Status).To(Equal(http.StatusOK))
		}
		Expect(looks).To(Equal(2))
		list()
		Expect(looks).To(Equal(3), "and what they got is given to nobody else")
	})
})
