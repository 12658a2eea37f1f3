package ratings_test

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/access"
	"vidilog/api/rest/ratings"
	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsrating "vidilog/commands/rating"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var _ = Describe("Ratings", Ordered, func() {
	var (
		w               *apitest.World
		owner, stranger commandstest.Person
		public, private catalog.Video
		protected       catalog.Video
		routes          = mux.NewRouter()
	)
	BeforeAll(func(ctx SpecContext) {
		w = apitest.New(ctx)
		owner, stranger = w.Person("owner", user.Ordinary), w.Person("stranger", user.Ordinary)
		public, private, protected = w.Show(ctx, owner, video.Public), w.Show(ctx, owner, video.Private), w.Show(ctx, owner, video.PasswordProtected)
		api := &ratings.API{
			Catalog: w.Catalog, Commands: commandsrating.New(w.Bus), Writes: w.Writes(), Videos: w.Videos(), See: w.Guard().See, Host: apitest.Site.Host,
		}
		api.Routes(routes)
		routes.PathPrefix("/api/v1/users/me").Handler(api.Mine())
		routes.PathPrefix("/api/v1/accounts").Handler(api.Accounts())
	})
	rate := func(as commands.Caller, id, body string, headers ...string) apitest.Answer {
		return apitest.Ask(routes, as, http.MethodPut, "/api/v1/videos/"+id+"/rate", body, headers...)
	}
	get := func(as commands.Caller, path string) apitest.Answer {
		return apitest.Ask(routes, as, http.MethodGet, "/api/v1"+path, "")
	}
	mine := func(as commands.Caller, v catalog.Video) string {
		GinkgoHelper()
		var answer struct {
			VideoID int64
			Rating  string
		}
		get(as, "/users/me/videos/"+v.ID.String()+"/rating").JSON(&answer)
		Expect(answer.VideoID).To(Equal(v.Number))
		return answer.Rating
	}
	list := func(as commands.Caller, query string) (names []string, total int) {
		GinkgoHelper()
		var answer struct {
			Total int
			Data  []struct {
				Rating string
				Video  struct{ ID int64 }
			}
		}
		get(as, "/accounts/stranger/ratings"+query).JSON(&answer)
		for _, item := range answer.Data {
			names = append(names, item.Rating+" "+strconv.FormatInt(item.Video.ID, 10))
		}
		return names, answer.Total
	}

	It("are none until one is given, change, and are taken back", func() {
		Expect(mine(stranger.Caller, public)).To(Equal("none"))
		for _, word := range []string{"like", "dislike", "dislike", "none"} {
			Expect(rate(stranger.Caller, public.ID.String(), `{"rating":"`+word+`"}`).Status).To(Equal(http.StatusNoContent))
			Expect(mine(stranger.Caller, public)).To(Equal(word))
		}
	})
	It("are everybody's own", func() {
		rate(stranger.Caller, public.ID.String(), `{"rating":"like"}`)
		Expect(mine(owner.Caller, public)).To(Equal("none"))
		rate(stranger.Caller, public.ID.String(), `{"rating":"none"}`)
	})
	DescribeTable("are refused", func(as func() commands.Caller, video func() string, body string, status int) {
		Expect(rate(as(), video(), body).Status).To(Equal(status))
	},
		Entry("of nobody", commands.Anonymous, func() string { return public.ID.String() }, `{"rating":"like"}`, 401),
		Entry("of those who may not see the video", func() commands.Caller { return stranger.Caller }, func() string { return private.ID.String() }, `{"rating":"like"}`, 403),
		Entry("of those who have not shown its password", func() commands.Caller { return stranger.Caller }, func() string { return protected.ID.String() }, `{"rating":"like"}`, 403),
		Entry("of no video", func() commands.Caller { return owner.Caller }, func() string { return "999999" }, `{"rating":"like"}`, 404),
		Entry("of no id", func() commands.Caller { return owner.Caller }, func() string { return "a$b" }, `{"rating":"like"}`, 400),
	)
	DescribeTable("are like, dislike or none", func(body string) {
		a := rate(owner.Caller, public.ID.String(), body)
		Expect(a.Status).To(Equal(http.StatusBadRequest))
		Expect(a.InvalidParams()).To(Equal([]string{"rating"}))
	}, Entry("no other word", `{"rating":"love"}`), Entry("not nothing", `{}`), Entry("not null", `{"rating":null}`), Entry("no list", `{"rating":["like"]}`))
	It("are given to protected videos with the password", func() {
		Expect(rate(stranger.Caller, protected.ID.String(), `{"rating":"like"}`, access.PasswordHeader, apitest.Password).Status).To(Equal(http.StatusNoContent))
		rate(stranger.Caller, protected.ID.String(), `{"rating":"none"}`, access.PasswordHeader, apitest.Password)
	})
	It("are listed to the account's owner, the latest first, page by page", func(ctx SpecContext) {
		second := w.Show(ctx, owner, video.Public)
		rate(stranger.Caller, public.ID.String(), `{"rating":"like"}`)
		rate(stranger.Caller, second.ID.String(), `{"rating":"dislike"}`)
		first, last := "like "+strconv.FormatInt(public.Number, 10), "dislike "+strconv.FormatInt(second.Number, 10)
		for query, expected := range map[string][]string{
			"": {last, first}, "?sort=createdAt": {first, last}, "?count=1": {last}, "?start=1": {first}, "?rating=like": {first}, "?start=2": nil,
		} {
			names, total := list(stranger.Caller, query)
			Expect(names).To(Equal(expected), query)
			if query != "?rating=like" {
				Expect(total).To(Equal(2), query)
			}
		}
	})
	DescribeTable("are not listed", func(as func() commands.Caller, path string, status int) {
		Expect(get(as(), path).Status).To(Equal(status))
	},
		Entry("to nobody", commands.Anonymous, "/accounts/stranger/ratings", 401),
		Entry("to others", func() commands.Caller { return owner.Caller }, "/accounts/stranger/ratings", 403),
		Entry("of no account", func() commands.Caller { return owner.Caller }, "/accounts/none/ratings", 404),
		Entry("of another instance's account", func() commands.Caller { return stranger.Caller }, "/accounts/stranger@other.example/ratings", 404),
		Entry("in an unknown order", func() commands.Caller { return stranger.Caller }, "/accounts/stranger/ratings?sort=name", 400),
		Entry("by an unknown rating", func() commands.Caller { return stranger.Caller }, "/accounts/stranger/ratings?rating=none", 400),
	)
})
