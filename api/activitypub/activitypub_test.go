package activitypub_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/uuid"
	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/activitypub"
	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/federation/outbox"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

func TestActivityPub(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "ActivityPub routes")
}

var (
	ada     = kernel.UserID{UUID: uuid.New()}
	adas    = kernel.AccountID{UUID: uuid.New()}
	news    = kernel.ChannelID{UUID: uuid.New()}
	videoOf = map[video.Privacy]kernel.VideoID{}
)

// facts are an instance with one author and a video of every privacy.
func facts() []enginetest.Fact {
	list := []enginetest.Fact{
		{Stream: kernel.TheInstance.Stream(), Data: instance.Initialised{ActorID: 1, AccountID: 1, PublicKey: "PEM"}},
		{Stream: ada.Stream(), Data: user.Created{UserID: ada, IntegerID: 1, AccountID: adas, ChannelID: news, Username: "ada", Role: user.Ordinary}},
		{Stream: adas.Stream(), Data: account.Created{AccountID: adas, IntegerID: 2, ActorID: 2, UserID: ada, Name: "ada", DisplayName: "Ada", PublicKey: "PEM"}},
		{Stream: news.Stream(), Data: channel.Created{ChannelID: news, IntegerID: 1, ActorID: 3, AccountID: adas, OwnerID: ada, Handle: "news", DisplayName: "News", PublicKey: "PEM"}},
	}
	number := int64(0)
	for _, p := range []video.Privacy{video.Public, video.Unlisted, video.Private, video.Internal, video.PasswordProtected} {
		number++
		id := kernel.VideoID{UUID: uuid.New()}
		videoOf[p] = id
		list = append(list,
			enginetest.Fact{Stream: id.Stream(), Data: video.Uploaded{
				VideoID: id, IntegerID: number, OwnerID: ada, AccountID: adas, ChannelID: news,
				Attributes: video.Attributes{Name: "Film", Privacy: p, CommentsPolicy: 1, DownloadEnabled: true},
				Original:   video.Rendition{FileName: id.String() + ".mp4", Kind: video.WebVideo, Bytes: 9, HasVideo: true},
			}},
			enginetest.Fact{Stream: id.Stream(), Data: video.Published{VideoID: id}})
	}
	return append(list, enginetest.Fact{Stream: rating.Stream(adas, videoOf[video.Unlisted]), Data: rating.Changed{
		AccountID: adas, VideoID: videoOf[video.Unlisted], Rating: rating.Like, Was: rating.None,
	}})
}

type noPasswords struct{}

func (noPasswords) PasswordMatches(context.Context, kernel.VideoID, string) (bool, error) {
	return false, nil
}

var _ = Describe("Another instance", Ordered, func() {
	var router *mux.Router
	var happens func(context.Context, ...enginetest.Fact)
	BeforeAll(func(ctx SpecContext) {
		log := enginetest.NewLog()
		e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), log, []engine.Definition{catalog.Definition()},
			engine.Options{Logger: slog.New(slog.DiscardHandler)})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(e.Close)
		read := catalog.New(e.DB(catalog.Name))
		happens = func(ctx context.Context, facts ...enginetest.Fact) {
			GinkgoHelper()
			Expect(e.Wait(ctx, []string{catalog.Name}, log.Append(facts...))).To(BeTrue())
		}
		happens(ctx, facts()...)
		api := &activitypub.API{
			Catalog: read, Host: "video.example", PageSize: 2, FederatesUnlisted: func() bool { return false },
			Builder: &outbox.Builder{
				Addresses: outbox.Addresses{URL: "https://video.example"}, Category: shape.CategoryName, Licence: shape.LicenceName,
				Language: shape.LanguageName,
			},
			See:       (&access.Guard{Catalog: read, Passwords: noPasswords{}}).See,
			Anonymous: respond.NewAnonymous(func() eventstore.Position { return e.Position(catalog.Name) }, func() uint64 { return 0 }),
		}
		router = mux.NewRouter()
		api.Routes(router)
		router.NotFoundHandler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	})
	ask := func(path, accept string, caller commands.Caller) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		router.ServeHTTP(w, r.WithContext(authn.As(r.Context(), caller)))
		return w
	}
	const activity = "application/activity+json"
	get := func(path string) map[string]any {
		GinkgoHelper()
		w := ask(path, activity, commands.Anonymous())
		Expect(w.Code).To(Equal(http.StatusOK), w.Body.String())
		Expect(w.Header().Get("Content-Type")).To(HavePrefix(activity))
		Expect(w.Header().Get("Vary")).To(Equal("Accept"))
		var answer map[string]any
		Expect(json.Unmarshal(w.Body.Bytes(), &answer)).To(Succeed())
		return answer
	}
	watch := func(p video.Privacy) string { return "/videos/watch/" + videoOf[p].String() }

	DescribeTable("fetches actors under all their addresses", func(path, kind, id string) {
		answer := get(path)
		Expect([]any{answer["type"], answer["id"]}).To(Equal([]any{kind, "https://video.example" + id}))
	},
		Entry(nil, "/accounts/ada", "Person", "/accounts/ada"), Entry(nil, "/a/ada", "Person", "/accounts/ada"),
		Entry(nil, "/accounts/ada@video.example", "Person", "/accounts/ada"),
		Entry(nil, "/accounts/peertube", "Application", "/accounts/peertube"),
		Entry(nil, "/video-channels/news", "Group", "/video-channels/news"), Entry(nil, "/c/news/videos", "Group", "/video-channels/news"),
	)
	It("gets the page where it does not ask for ActivityPub", func() {
		for _, path := range []string{"/accounts/ada", "/c/news", watch(video.Public)} {
			Expect(ask(path, "text/html", commands.Anonymous()).Code).To(Equal(http.StatusTeapot))
		}
	})
	It("does not find who is not here", func() {
		for _, path := range []string{"/accounts/bob", "/accounts/ada@other.example", "/video-channels/none", "/videos/watch/" + uuid.NewString()} {
			Expect(ask(path, activity, commands.Anonymous()).Code).To(Equal(http.StatusNotFound), path)
		}
	})
	It("fetches a public video by every name, and what belongs to it", func() {
		id := videoOf[video.Public]
		for _, path := range []string{watch(video.Public), "/w/" + id.String(), "/w/1", "/w/" + shape.ShortUUID(id.UUID)} {
			Expect(get(path)["id"]).To(Equal("https://video.example/videos/watch/" + id.String()))
		}
		Expect(get(watch(video.Public) + "/activity")["type"]).To(Equal("Create"))
		Expect(get(watch(video.Public) + "/announces")["totalItems"]).To(BeEquivalentTo(2))
		Expect(get(watch(video.Public) + "/announces/3")["actor"]).To(Equal("https://video.example/video-channels/news"))
		Expect(get(watch(video.Public) + "/announces/1")["actor"]).To(Equal("https://video.example/accounts/peertube"))
		Expect(ask(watch(video.Public)+"/announces/9", activity, commands.Anonymous()).Code).To(Equal(http.StatusNotFound))
		for _, list := range []string{"likes", "dislikes", "comments"} {
			Expect(get(watch(video.Public) + "/" + list)["totalItems"]).To(BeEquivalentTo(0))
		}
		Expect(get(watch(video.Public) + "/chapters")["hasPart"]).To(BeEmpty())
	})
	It("fetches an unlisted video by its UUID only", func() {
		Expect(get(watch(video.Unlisted))["to"]).To(BeEmpty())
		Expect(ask("/videos/watch/2", activity, commands.Anonymous()).Code).To(Equal(http.StatusUnauthorized))
	})
	DescribeTable("does not get what is not for everybody", func(p video.Privacy, status int, code string) {
		for _, part := range []string{"", "/activity", "/announces", "/likes", "/comments", "/chapters"} {
			w := ask(watch(p)+part, activity, commands.Anonymous())
			Expect(w.Code).To(Equal(status), part)
			Expect(w.Body.String()).To(ContainSubstring(code))
		}
	},
		Entry("private", video.Private, http.StatusUnauthorized, "unauthorized_request"),
		Entry("internal", video.Internal, http.StatusUnauthorized, "unauthorized_request"),
		Entry("with a password", video.PasswordProtected, http.StatusForbidden, "video_requires_password"),
	)
	It("does not get what its author has just fetched", func() {
		Expect(ask(watch(video.Private), activity, commands.ForUser(ada, user.Ordinary)).Code).To(Equal(http.StatusOK))
		Expect(ask(watch(video.Private), activity, commands.Anonymous()).Code).To(Equal(http.StatusUnauthorized))
	})
	It("may keep a video for a second, and only what everybody gets", func() {
		age := func(path string, caller commands.Caller) string {
			return ask(path, activity, caller).Header().Get("Cache-Control")
		}
		for _, path := range []string{watch(video.Public), "/w/1", watch(video.Public) + "/chapters"} {
			Expect(age(path, commands.Anonymous())).To(Equal("max-age=1"), path)
			Expect(age(path, commands.Anonymous())).To(Equal("max-age=1"), path+" from memory")
		}
		for _, path := range []string{"/accounts/ada", watch(video.Public) + "/likes", "/videos/watch/" + uuid.NewString()} {
			Expect(age(path, commands.Anonymous())).To(BeEmpty(), path)
		}
		Expect(age(watch(video.Private), commands.ForUser(ada, user.Ordinary))).To(BeEmpty())
	})
	It("learns who likes a video", func() {
		likes := get(watch(video.Unlisted) + "/likes?page=1")
		Expect(likes["orderedItems"]).To(Equal([]any{"https://video.example/accounts/ada/likes/2"}))
		Expect(ask("/accounts/ada/dislikes/1", activity, commands.Anonymous()).Code).To(Equal(http.StatusNotFound))
	})
	It("reads outboxes, whatever it accepts, and finds public videos only", func() {
		w := ask("/accounts/ada/outbox?page=1", "text/html", commands.Anonymous())
		Expect(w.Code).To(Equal(http.StatusOK))
		Expect(w.Body.String()).To(ContainSubstring(videoOf[video.Public].String()))
		for _, p := range []video.Privacy{video.Unlisted, video.Private, video.Internal, video.PasswordProtected} {
			Expect(w.Body.String()).NotTo(ContainSubstring(videoOf[p].String()))
		}
		Expect(get("/video-channels/news/outbox")["totalItems"]).To(BeEquivalentTo(1))
		page := get("/accounts/peertube/outbox?page=1")
		Expect(page["orderedItems"]).To(HaveExactElements(HaveKeyWithValue("type", "Announce")))
		Expect(ask("/accounts/ada/outbox?page=0", activity, commands.Anonymous()).Code).To(Equal(http.StatusBadRequest))
		Expect(ask("/accounts/ada/outbox?size=51", activity, commands.Anonymous()).Code).To(Equal(http.StatusBadRequest))
	})
	It("finds nobody who follows yet", func() {
		Expect(get("/accounts/ada/followers")).To(And(HaveKeyWithValue("totalItems", BeEquivalentTo(0)), Not(HaveKey("first"))))
		Expect(get("/video-channels/news/playlists?page=1")["orderedItems"]).To(BeEmpty())
	})
	It("never gets what was true before", func(ctx SpecContext) {
		id := videoOf[video.Public]
		path := watch(video.Public)
		before := video.Attributes{Name: "Film", Privacy: video.Public, CommentsPolicy: 1, DownloadEnabled: true}
		changed := func(change func(*video.Attributes)) enginetest.Fact {
			after := before
			change(&after)
			return enginetest.Fact{Stream: id.Stream(), Data: video.Updated{VideoID: id, ChannelID: news, Attributes: after}}
		}
		Expect(get(path)["name"]).To(Equal("Film"))
		happens(ctx, changed(func(a *video.Attributes) { a.Name = "Remake" }))
		Expect(get(path)["name"]).To(Equal("Remake"))

		views := get(path)["views"]
		happens(ctx, enginetest.Fact{Stream: kernel.ViewsStream(id, "2026-11"), Data: video.ViewsCounted{VideoID: id, Views: 5}})
		Expect(get(path)["views"]).To(BeEquivalentTo(views.(float64) + 5))

		Expect(get(path + "/likes")["totalItems"]).To(BeEquivalentTo(0))
		happens(ctx, enginetest.Fact{Stream: rating.Stream(adas, id), Data: rating.Changed{
			AccountID: adas, VideoID: id, Rating: rating.Like, Was: rating.None,
		}})
		Expect(get(path + "/likes")["totalItems"]).To(BeEquivalentTo(1))

		happens(ctx, enginetest.Fact{Stream: id.Stream(), Data: video.CaptionSet{
			VideoID: id, Caption: video.Caption{Language: "fr", FileName: "new-fr.vtt"},
		}})
		Expect(get(path)["subtitleLanguage"]).To(ContainElement(HaveKeyWithValue("identifier", "fr")))

		happens(ctx, changed(func(a *video.Attributes) { a.Privacy = video.Private }))
		Expect(ask(path, activity, commands.Anonymous()).Code).To(Equal(http.StatusUnauthorized))
		happens(ctx, changed(func(*video.Attributes) {}), enginetest.Fact{Stream: id.Stream(), Data: video.Deleted{VideoID: id, OwnerID: ada}})
		Expect(ask(path, activity, commands.Anonymous()).Code).To(Equal(http.StatusNotFound))
	})
})
