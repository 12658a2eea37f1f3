package watching_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/watching"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/embedded/testpg"
	"vidilog/internal/embedded/testredis"
	"vidilog/internal/ops/history"
	"vidilog/internal/ops/viewers"
	"vidilog/internal/ops/views"
	"vidilog/projections/catalog"
)

var _ = Describe("Watching", Ordered, func() {
	var (
		w                    *apitest.World
		ada, bob, moderator  commands.Caller
		public, private      catalog.Video // 10 s long
		counter              views.Counter
		store                *history.Store
		routes               = mux.NewRouter()
		wantsHistory, trusts bool
	)
	BeforeAll(func(ctx SpecContext) {
		w = apitest.New(ctx)
		p := w.Person("ada", user.Ordinary)
		ada, bob, moderator = p.Caller, w.Person("bob", user.Ordinary).Caller, w.Person("moderator", user.Moderator).Caller
		public, private = w.Show(ctx, p, video.Public), w.Show(ctx, p, video.Private)
		pool := testpg.Operational(GinkgoT())
		store = history.New(pool)
		counter = views.Counter{Client: testredis.Client(GinkgoT()), Prefix: "redis-test"}
		list := w.Videos()
		list.Policies.Watched = func(ctx context.Context, who kernel.UserID) (found []kernel.VideoID, err error) {
			ids, err := store.Watched(ctx, who.UUID)
			for _, id := range ids {
				found = append(found, kernel.VideoID{UUID: id})
			}
			return found, err
		}
		api := watching.New(watching.API{
			Catalog: w.Catalog, Counter: counter, Audience: views.NewAudience(counter), History: store, Viewings: viewers.New(pool), Manage: w.Guard().Manage,
			KeepsHistory: func(context.Context, kernel.UserID) (bool, error) { return wantsHistory, nil }, HistoryPage: list.HistoryPage,
			TrustsSessions: func() bool { return trusts }, Secret: []byte("secret"),
		})
		api.Routes(routes)
		routes.PathPrefix("/api/v1/users/me").Handler(api.Mine())
	})
	BeforeEach(func(ctx SpecContext) {
		wantsHistory, trusts = true, true
		Expect(counter.Client.FlushDB(ctx).Err()).To(Succeed())
		for _, who := range []commands.Caller{ada, bob} {
			Expect(store.ForgetBefore(ctx, who.UserID.UUID, nil)).To(Succeed())
		}
	})
	ping := func(as commands.Caller, v catalog.Video, at int, more string) apitest.Answer {
		return apitest.Ask(routes, as, http.MethodPost, "/api/v1/videos/"+v.ID.String()+"/views", fmt.Sprintf(`{"currentTime":%d%s}`, at, more))
	}
	counted := func(ctx context.Context) (total int64) {
		GinkgoHelper()
		Expect(counter.Flush(ctx, func(s views.Summary) error { total += s.Views; return nil })).To(Succeed())
		return total
	}
	watchers := func(ctx context.Context) int64 {
		GinkgoHelper()
		now, err := counter.Viewers(ctx)
		Expect(err).NotTo(HaveOccurred())
		return now[public.ID.UUID]
	}
	session := func(name string) string { return `,"sessionId":"` + name + `"` }

	Describe("is told by players, which", func() {
		It("make a viewer at once, and a view when half of a short video was watched, once", func(ctx SpecContext) {
			Expect(ping(commands.Anonymous(), public, 0, session("a")).Status).To(Equal(http.StatusNoContent))
			Expect(watchers(ctx)).To(Equal(int64(1)))
			Expect(counted(ctx)).To(BeZero())
			for _, at := range []int{3, 6, 9, 10} {
				ping(commands.Anonymous(), public, at, session("a"))
			}
			Expect(counted(ctx)).To(Equal(int64(1)))
			for _, at := range []int{0, 5, 9} {
				ping(commands.Anonymous(), public, at, session("a"))
			}
			Expect(counted(ctx)).To(BeZero(), "within an hour")
		})
		It("are told apart by their session where it is trusted and sound, and by address else", func(ctx SpecContext) {
			ping(commands.Anonymous(), public, 0, session("a"))
			ping(commands.Anonymous(), public, 0, session("b"))
			Expect(watchers(ctx)).To(Equal(int64(2)))
			ping(commands.Anonymous(), public, 0, session("not sound!"))
			ping(commands.Anonymous(), public, 0, "")
			Expect(watchers(ctx)).To(Equal(int64(3)), "both come from one address")
			trusts = false
			ping(commands.Anonymous(), public, 0, session("c"))
			Expect(watchers(ctx)).To(Equal(int64(3)))
		})
		It("may ask for videos that are not shown to them, and learn nothing", func() {
			Expect(ping(commands.Anonymous(), private, 0, "").Status).To(Equal(http.StatusNoContent))
		})
		It("may put, and use the old name", func() {
			for _, method := range []string{http.MethodPost, http.MethodPut} {
				for _, name := range []string{"views", "watching"} {
					a := apitest.Ask(routes, commands.Anonymous(), method, "/api/v1/videos/"+strconv.FormatInt(public.Number, 10)+"/"+name, `{"currentTime":"3","viewEvent":"seek"}`)
					Expect(a.Status).To(Equal(http.StatusNoContent), a.Body)
				}
			}
		})
		DescribeTable("are refused", func(id func() string, body string, status int) {
			a := apitest.Ask(routes, commands.Anonymous(), http.MethodPost, "/api/v1/videos/"+id()+"/views", body)
			Expect(a.Problem()).To(HaveKeyWithValue("status", float64(status)))
		},
			Entry("without a time", func() string { return public.ID.String() }, `{}`, 400), Entry("with a time before the beginning", func() string { return public.ID.String() }, `{"currentTime":-1}`, 400),
			Entry("with a time behind the end", func() string { return public.ID.String() }, `{"currentTime":11}`, 400), Entry("with half a second", func() string { return public.ID.String() }, `{"currentTime":1.5}`, 400),
			Entry("with words", func() string { return public.ID.String() }, `{"currentTime":"soon"}`, 400),
			Entry("for no video", func() string { return "999999" }, `{"currentTime":0}`, 404), Entry("for no id", func() string { return "a$b" }, `{"currentTime":0}`, 400))
	})

	Describe("is kept in a history, which", func() {
		me := func(as commands.Caller, method, path, body string) apitest.Answer {
			return apitest.Ask(routes, as, method, "/api/v1/users/me/history/videos"+path, body)
		}
		watched := func(as commands.Caller) (ids []int64) {
			GinkgoHelper()
			var answer struct{ Data []struct{ ID int64 } }
			me(as, http.MethodGet, "", "").JSON(&answer)
			for _, v := range answer.Data {
				ids = append(ids, v.ID)
			}
			return ids
		}
		It("is one's own and of those who want one", func() {
			ping(ada, public, 5, "")
			Expect(watched(ada)).To(Equal([]int64{public.Number}))
			Expect(watched(bob)).To(BeEmpty())
			wantsHistory = false
			ping(bob, public, 5, "")
			Expect(watched(bob)).To(BeEmpty())
		})
		It("forgets a video, everything, or what was before a time", func() {
			ping(ada, public, 5, "")
			Expect(me(ada, http.MethodPost, "/remove", `{"beforeDate":"2000-01-01T00:00:00.000Z"}`).Status).To(Equal(http.StatusNoContent))
			Expect(watched(ada)).To(HaveLen(1))
			Expect(me(ada, http.MethodDelete, "/999999", "").Status).To(Equal(http.StatusNoContent), "what is not there is forgotten")
			Expect(me(ada, http.MethodDelete, "/"+strconv.FormatInt(public.Number, 10), "").Status).To(Equal(http.StatusNoContent))
			Expect(watched(ada)).To(BeEmpty())
			ping(ada, public, 5, "")
			Expect(me(ada, http.MethodPost, "/remove", `{"beforeDate":"`+time.Now().Add(time.Hour).UTC().Format(time.RFC3339)+`"}`).Status).To(Equal(http.StatusNoContent))
			Expect(watched(ada)).To(BeEmpty())
			ping(ada, public, 5, "")
			Expect(me(ada, http.MethodPost, "/remove", "").Status).To(Equal(http.StatusNoContent))
			Expect(watched(ada)).To(BeEmpty())
		})
		DescribeTable("refuses", func(nobody bool, method, path, body string, status int) {
			as := ada
			if nobody {
				as = commands.Anonymous()
			}
			Expect(me(as, method, path, body).Problem()).To(HaveKeyWithValue("status", float64(status)))
		},
			Entry("nobody, to show", true, http.MethodGet, "", "", 401), Entry("nobody, to forget", true, http.MethodDelete, "/1", "", 401),
			Entry("nobody, to forget all", true, http.MethodPost, "/remove", "", 401), Entry("a word for a number", false, http.MethodDelete, "/a", "", 400),
			Entry("a word for a time", false, http.MethodPost, "/remove", `{"beforeDate":"noon"}`, 400), Entry("a bad page", false, http.MethodGet, "?count=101", "", 400))
	})

	Describe("is summed up in statistics, which", func() {
		stats := func(as commands.Caller, path string) apitest.Answer {
			return apitest.Ask(routes, as, http.MethodGet, "/api/v1/videos/"+public.ID.String()+"/stats"+path, "")
		}
		DescribeTable("are for owners and those above them", func(path string) {
			Expect(stats(commands.Anonymous(), path).Status).To(Equal(http.StatusUnauthorized))
			Expect(stats(bob, path).Status).To(Equal(http.StatusForbidden))
			Expect(stats(ada, path).Status).To(Equal(http.StatusOK))
			Expect(stats(moderator, path).Status).To(Equal(http.StatusOK))
		}, Entry(nil, "/overall"), Entry(nil, "/retention"), Entry(nil, "/timeseries/viewers"), Entry(nil, "/timeseries/aggregateWatchTime"))
		It("are nothing where nobody has watched", func() {
			Expect(stats(ada, "/overall").Body).To(MatchJSON(`{"totalWatchTime":0,"averageWatchTime":0,"totalViewers":0,"viewersPeak":0,"viewersPeakDate":null,"countries":[],"subdivisions":[]}`))
			var answer struct {
				Data []struct{ Second, RetentionPercent float64 }
			}
			stats(ada, "/retention").JSON(&answer)
			Expect(answer.Data).To(HaveEach(HaveField("RetentionPercent", 0.0)))
		})
		DescribeTable("refuse", func(path string) { Expect(stats(ada, path).Problem()).To(HaveKeyWithValue("status", 400.0)) },
			Entry("an unknown metric", "/timeseries/likes"), Entry("a time in words", "/overall?startDate=noon"), Entry("one end of a time only", "/timeseries/viewers?startDate=2026-01-01"),
			Entry("more than ten years", "/timeseries/viewers?startDate=2000-01-01&endDate=2026-01-01"))
		It("answer an empty series for a time that ends before it begins", func() {
			var answer struct{ Data []any }
			stats(ada, "/timeseries/viewers?startDate=2026-02-01&endDate=2026-01-01").JSON(&answer)
			Expect(answer.Data).To(BeEmpty())
		})
	})
})
