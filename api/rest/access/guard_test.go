package access_test

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/embedded/testredis"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/filetokens"
	"vidilog/projections/catalog"
)

const wrong, none = "wrong", "(none)"

var _ = Describe("The guard of videos", Ordered, func() {
	var (
		films   = map[video.Privacy]catalog.Video{}
		callers map[string]commands.Caller
		tokens  filetokens.Store
		routes  *mux.Router
	)
	BeforeAll(func(ctx SpecContext) {
		w := apitest.New(ctx)
		owner := w.Person("owner", user.Ordinary)
		callers = map[string]commands.Caller{
			"nobody": commands.Anonymous(), "stranger": w.Person("stranger", user.Ordinary).Caller, "owner": owner.Caller,
			"moderator": w.Person("moderator", user.Moderator).Caller,
		}
		for _, p := range []video.Privacy{video.Public, video.Unlisted, video.Private, video.Internal, video.PasswordProtected} {
			films[p] = w.Show(ctx, owner, p)
		}
		tokens = filetokens.Store{Client: testredis.Client(GinkgoT()), Prefix: "redis-test"}
		guard := &access.Guard{Catalog: w.Catalog, Passwords: commandsvideo.New(w.Bus), Tokens: tokens}
		routes = mux.NewRouter()
		on := func(path string, decide func(*http.Request) (catalog.Key, error)) {
			routes.Handle(path+"/{id}", respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
				key, err := decide(r)
				if err != nil {
					return err
				}
				return httpx.JSON(w, r, http.StatusOK, key.ID)
			}))
		}
		on("/see", guard.See)
		on("/manage", func(r *http.Request) (catalog.Key, error) { return guard.Manage(r, user.RightUpdateAnyVideo) })
		on("/files", func(r *http.Request) (catalog.Key, error) {
			key, _, err := guard.Find(r)
			if err == nil {
				err = guard.Files(r, key)
			}
			return key, err
		})
	})
	ask := func(who, path, password string) apitest.Answer {
		headers := []string{}
		if password != none {
			headers = append(headers, access.PasswordHeader, password)
		}
		return apitest.Ask(routes, callers[who], http.MethodGet, path, "", headers...)
	}

	DescribeTable("shows a video", func(privacy video.Privacy, nobody, stranger, owner, moderator int) {
		expected := map[string]int{"nobody": nobody, "stranger": stranger, "owner": owner, "moderator": moderator}
		for who, status := range expected {
			for _, id := range []string{films[privacy].ID.String(), shape.ShortUUID(films[privacy].ID.UUID)} {
				Expect(ask(who, "/see/"+id, none).Status).To(Equal(status), "to %s as %s", who, id)
			}
		}
	},
		Entry("that is public to all", video.Public, 200, 200, 200, 200),
		Entry("that is unlisted to all who have its address", video.Unlisted, 200, 200, 200, 200),
		Entry("that is private to its owner and moderators", video.Private, 401, 403, 200, 200),
		Entry("that is internal to all who are logged in", video.Internal, 401, 200, 200, 200),
		Entry("that is protected to its owner and moderators", video.PasswordProtected, 403, 403, 200, 200),
	)
	It("takes an unlisted video's number for no address", func() {
		number := strconv.FormatInt(films[video.Unlisted].Number, 10)
		Expect(ask("nobody", "/see/"+number, none).Problem()).To(And(HaveKeyWithValue("status", 401.0), HaveKeyWithValue("detail", "Not authenticated")))
		Expect(ask("stranger", "/see/"+number, none).Status).To(Equal(http.StatusForbidden))
		Expect(ask("owner", "/see/"+number, none).Status).To(Equal(http.StatusOK))
	})
	DescribeTable("asks for a password", func(who, password string, status int, code string) {
		a := ask(who, "/see/"+films[video.PasswordProtected].ID.String(), password)
		Expect(a.Status).To(Equal(status))
		if code != "" {
			Expect(a.Problem()).To(HaveKeyWithValue("code", code))
		}
	},
		Entry("of nobody", "nobody", none, 403, "video_requires_password"),
		Entry("which opens", "nobody", apitest.Password, 200, ""),
		Entry("which must be right", "nobody", wrong, 403, "incorrect_video_password"),
		Entry("which must be whole", "nobody", apitest.Password[:4], 403, "incorrect_video_password"),
		Entry("of whoever sends one, even empty", "nobody", "", 403, "incorrect_video_password"),
		Entry("and believes a wrong one of the owner no more", "owner", wrong, 403, "incorrect_video_password"),
	)
	DescribeTable("knows no video", func(path string, status int) { Expect(ask("owner", "/see/"+path, none).Status).To(Equal(status)) },
		Entry("of an unknown number", "999999", 404), Entry("of an unknown UUID", "9c9de5e8-0a1e-484a-b099-e80766180a6d", 404),
		Entry("of a word", "a$b", 400), Entry("of 0", "0", 400), Entry("of a negative number", "-1", 400),
		Entry("of a UUID in braces", "%7B9c9de5e8-0a1e-484a-b099-e80766180a6d%7D", 400),
	)
	It("says which parameter is no id", func() { Expect(ask("owner", "/see/a$b", none).InvalidParams()).To(Equal([]string{"id"})) })
	It("lets owners and those above them manage, and nobody else", func() {
		for who, status := range map[string]int{"nobody": 403, "stranger": 403, "owner": 200, "moderator": 200} {
			Expect(ask(who, "/manage/"+films[video.Public].ID.String(), none).Status).To(Equal(status), who)
		}
	})

	Describe("of their files", func() {
		token := func(ctx SpecContext, of video.Privacy) string {
			GinkgoHelper()
			t, _, err := tokens.Issue(ctx, films[of].ID.UUID, time.Now())
			Expect(err).NotTo(HaveOccurred())
			return t
		}
		file := func(of video.Privacy, token string) string {
			return fmt.Sprintf("/files/%s?videoFileToken=%s", films[of].ID, token)
		}
		It("opens them to a token for this video only", func(ctx SpecContext) {
			Expect(ask("nobody", file(video.Private, token(ctx, video.Private)), none).Status).To(Equal(http.StatusOK))
			Expect(ask("nobody", file(video.Private, token(ctx, video.Internal)), none).Status).To(Equal(http.StatusForbidden))
			Expect(ask("nobody", file(video.Private, wrong), none).Status).To(Equal(http.StatusForbidden))
			Expect(ask("nobody", file(video.Private, ""), none).Status).To(Equal(http.StatusForbidden))
		})
		It("leaves those of public and unlisted videos to all", func() {
			Expect(ask("nobody", file(video.Public, wrong), none).Status).To(Equal(http.StatusOK))
			Expect(ask("nobody", file(video.Unlisted, ""), none).Status).To(Equal(http.StatusOK))
		})
		It("judges who is logged in by who they are, whatever token they send", func(ctx SpecContext) {
			Expect(ask("stranger", file(video.Private, token(ctx, video.Private)), none).Status).To(Equal(http.StatusForbidden))
			Expect(ask("owner", file(video.Private, wrong), none).Status).To(Equal(http.StatusOK))
		})
		It("judges who sends a password by it", func(ctx SpecContext) {
			Expect(ask("nobody", file(video.PasswordProtected, ""), apitest.Password).Status).To(Equal(http.StatusOK))
			Expect(ask("nobody", file(video.PasswordProtected, token(ctx, video.PasswordProtected)), wrong).Status).To(Equal(http.StatusForbidden))
		})
	})
})

var _ = Describe("What a request shows to read files", func() {
	credential := func(query, password, bearer string) string {
		r, err := http.NewRequest(http.MethodGet, "/"+query, nil)
		Expect(err).NotTo(HaveOccurred())
		if password != "" {
			r.Header.Set(access.PasswordHeader, password)
		}
		return access.FileCredential(r, bearer)
	}
	It("is nothing without any of the three", func() { Expect(credential("", "", "")).To(BeEmpty()) })
	It("is another with each of the three", func() {
		seen := map[string]bool{}
		for _, c := range []string{
			credential("?videoFileToken=a", "", ""), credential("", "a", ""), credential("", "", "a"), credential("?videoFileToken=a", "a", ""),
			credential("?videoFileToken=a", "", "a"), credential("?videoFileToken=a", "a", "a"), credential("", `a""`, ""),
		} {
			Expect(seen).NotTo(HaveKey(c))
			seen[c] = true
		}
	})
})
