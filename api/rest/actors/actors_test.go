package actors_test

import (
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/actors"
	"vidilog/commands"
	commandschannel "vidilog/commands/channel"
	"vidilog/commands/commandstest"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

var _ = Describe("Accounts and channels", Ordered, func() {
	var (
		w                  *apitest.World
		ada, bob           commandstest.Person
		moderator          commands.Caller
		accounts, channels http.Handler
	)
	BeforeAll(func(ctx SpecContext) {
		w = apitest.New(ctx)
		ada, bob = w.Person("ada", user.Ordinary), w.Person("bob", user.Ordinary)
		moderator = w.Person("moderator", user.Moderator).Caller
		api := &actors.API{
			Site: apitest.Site, Catalog: w.Catalog, Videos: w.Videos(), Commands: commandschannel.New(w.Bus), Writes: w.Writes(),
			DrawKeys: func() (commandsuser.KeyPair, error) {
				return commandsuser.KeyPair{PublicPEM: "public", PrivatePEM: []byte("private")}, nil
			},
			MaxChannels: func() int { return 3 },
		}
		accounts, channels = api.Accounts(), api.Channels()
		w.Settle(ctx)
	})
	get := func(h http.Handler, as commands.Caller, path string) apitest.Answer {
		return apitest.Ask(h, as, http.MethodGet, "/api/v1"+path, "")
	}
	names := func(h http.Handler, path string) (list []string, total int) {
		GinkgoHelper()
		var answer struct {
			Total int
			Data  []struct{ Name string }
		}
		get(h, commands.Anonymous(), path).JSON(&answer)
		for _, d := range answer.Data {
			list = append(list, d.Name)
		}
		return list, answer.Total
	}
	channel := func(as commands.Caller, method, handle, body string) apitest.Answer {
		return apitest.Ask(channels, as, method, "/api/v1/video-channels"+handle, body)
	}

	Describe("are shown", func() {
		It("by name and by handle of this instance", func() {
			for _, path := range []string{"/accounts/ada", "/accounts/ada@video.example", "/accounts/ada@VIDEO.example"} {
				var answer struct{ Name, Host, URL string }
				get(accounts, commands.Anonymous(), path).JSON(&answer)
				Expect(answer.URL).To(Equal("https://video.example/accounts/ada"), path)
			}
			var answer struct {
				Name         string
				OwnerAccount struct{ Name string }
			}
			get(channels, commands.Anonymous(), "/video-channels/ada_channel").JSON(&answer)
			Expect(answer.OwnerAccount.Name).To(Equal("ada"))
		})
		It("not when they are nobody's", func() {
			for path, h := range map[string]http.Handler{
				"/accounts/none": accounts, "/accounts/ada@other.example": accounts, "/accounts/ada_channel": accounts, "/video-channels/none": channels,
				"/video-channels/ada": channels, "/accounts/none/videos": accounts, "/accounts/none/video-channels": accounts, "/video-channels/none/videos": channels,
			} {
				Expect(get(h, commands.Anonymous(), path).Problem()).To(HaveKeyWithValue("status", 404.0), path)
			}
		})
		It("page by page and in order", func() {
			all, total := names(accounts, "/accounts?sort=createdAt")
			Expect([]any{all, total}).To(Equal([]any{[]string{"ada", "bob", "moderator"}, 3}))
			some, total := names(accounts, "/accounts?start=1&count=1")
			Expect([]any{some, total}).To(Equal([]any{[]string{"bob"}, 3}))
			some, _ = names(channels, "/video-channels?sort=-name&count=2")
			Expect(some).To(Equal([]string{"moderator_channel", "bob_channel"}))
			Expect(get(accounts, commands.Anonymous(), "/accounts?sort=name").InvalidParams()).To(Equal([]string{"sort"}))
			Expect(get(channels, commands.Anonymous(), "/video-channels?count=101&sort=x").InvalidParams()).To(ConsistOf("count", "sort"))
		})
		It("with the channels of an account, which can be searched and counted", func(ctx SpecContext) {
			found, total := names(accounts, "/accounts/ada/video-channels")
			Expect([]any{found, total}).To(Equal([]any{[]string{"ada_channel"}, 1}))
			found, _ = names(accounts, "/accounts/ada/video-channels?search=none")
			Expect(found).To(BeEmpty())
			film := w.Show(ctx, ada, video.Private)
			w.Given(ctx, kernel.ViewsStream(film.ID, "2026-11"), video.ViewsCounted{VideoID: film.ID, Views: 3, From: w.Now(), To: w.Now()})
			var answer struct{ Data []map[string]any }
			get(accounts, commands.Anonymous(), "/accounts/ada/video-channels?withStats=true").JSON(&answer)
			Expect(answer.Data[0]).To(And(HaveKeyWithValue("videosCount", 1.0), HaveKeyWithValue("totalViews", 3.0), HaveKeyWithValue("viewsPerDay", HaveLen(31))))
			Expect(get(accounts, commands.Anonymous(), "/accounts/ada/video-channels?withStats=false").Body).NotTo(Or(
				ContainSubstring("videosCount"), ContainSubstring("viewsPerDay"), ContainSubstring("totalViews")))
		})
		It("with their public videos only", func(ctx SpecContext) {
			film := w.Show(ctx, bob, video.Public)
			w.Show(ctx, bob, video.Private)
			w.Show(ctx, bob, video.Unlisted)
			for path, h := range map[string]http.Handler{"/accounts/bob/videos": accounts, "/video-channels/bob_channel/videos": channels} {
				for _, as := range []commands.Caller{commands.Anonymous(), bob.Caller} {
					var answer struct {
						Total int
						Data  []struct{ UUID string }
					}
					get(h, as, path).JSON(&answer)
					Expect(answer.Total).To(Equal(1), path)
					Expect(answer.Data[0].UUID).To(Equal(film.ID.String()))
				}
				Expect(get(h, commands.Anonymous(), path+"?include=1").Status).To(Equal(http.StatusUnauthorized))
			}
		})
	})

	Describe("have followers", func() {
		DescribeTable("whom only they may list", func(path string, isAccount bool, nobody, other, owner, above int) {
			h := channels
			if isAccount {
				h = accounts
			}
			got := []int{}
			for _, as := range []commands.Caller{commands.Anonymous(), bob.Caller, ada.Caller, moderator} {
				got = append(got, get(h, as, path).Status)
			}
			Expect(got).To(Equal([]int{nobody, other, owner, above}))
		},
			Entry("of an account", "/accounts/ada/followers", true, 401, 403, 200, 403),
			Entry("of a channel", "/video-channels/ada_channel/followers", false, 401, 403, 200, 200))
	})

	Describe("that are channels", func() {
		It("are made, changed and taken away by their owners and those above them", func() {
			Expect(channel(commands.Anonymous(), http.MethodPost, "", `{"name":"news","displayName":"News"}`).Status).To(Equal(http.StatusUnauthorized))
			var made struct{ VideoChannel struct{ ID int64 } }
			channel(ada.Caller, http.MethodPost, "", `{"name":"news","displayName":"News","description":"All of it","support":"Pay"}`).JSON(&made)
			Expect(made.VideoChannel.ID).To(BeNumerically(">", 0))
			for _, method := range []string{http.MethodPut, http.MethodDelete} {
				Expect(channel(commands.Anonymous(), method, "/news", `{}`).Status).To(Equal(http.StatusUnauthorized))
				Expect(channel(bob.Caller, method, "/news", `{}`).Status).To(Equal(http.StatusForbidden))
				Expect(channel(ada.Caller, method, "/none", `{}`).Status).To(Equal(http.StatusNotFound))
			}
			Expect(channel(moderator, http.MethodPut, "/news", `{"displayName":"The news","description":null}`).Status).To(Equal(http.StatusNoContent))
			var answer map[string]any
			channel(commands.Anonymous(), http.MethodGet, "/news", "").JSON(&answer)
			Expect(answer).To(And(HaveKeyWithValue("displayName", "The news"), HaveKeyWithValue("description", BeNil()), HaveKeyWithValue("support", "Pay")))
			Expect(channel(ada.Caller, http.MethodDelete, "/news", "").Status).To(Equal(http.StatusNoContent))
			Expect(channel(ada.Caller, http.MethodGet, "/news", "").Status).To(Equal(http.StatusNotFound))
		})
		DescribeTable("are not made", func(body string, status int, named ...string) {
			a := channel(bob.Caller, http.MethodPost, "", body)
			Expect(a.Problem()).To(HaveKeyWithValue("status", float64(status)))
			if len(named) > 0 {
				Expect(a.InvalidParams()).To(ConsistOf(named))
			}
		},
			Entry("without names", `{}`, 400, "name", "displayName"), Entry("with an empty name to show", `{"name":"fresh","displayName":" "}`, 400, "displayName"),
			Entry("with a name in capitals", `{"name":"Fresh","displayName":"x"}`, 400), Entry("with a list for a name", `{"name":["fresh"],"displayName":"x"}`, 400, "name"),
			Entry("with too short a description", `{"name":"fresh","displayName":"x","description":"ab"}`, 400),
			Entry("with the name of a channel", `{"name":"ada_channel","displayName":"x"}`, 409), Entry("with the name of an account", `{"name":"ada","displayName":"x"}`, 409))
		It("are so many and no more", func() {
			for _, name := range []string{"second", "third"} {
				Expect(channel(bob.Caller, http.MethodPost, "", `{"name":"`+name+`","displayName":"x"}`).Status).To(Equal(http.StatusOK))
			}
			Expect(channel(bob.Caller, http.MethodPost, "", `{"name":"fourth","displayName":"x"}`).Status).To(Equal(http.StatusBadRequest))
		})
	})
})
