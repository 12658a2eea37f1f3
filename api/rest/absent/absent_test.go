package absent_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/authn"
	"vidilog/api/rest/absent"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
)

func TestAbsent(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "What is not there")
}

var _ = Describe("A question about what this release does not have", func() {
	askAs := func(role user.Role, path string) *httptest.ResponseRecorder {
		p := httpx.NewPrefixes(nil)
		absent.Mount(p)
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, path, nil)
		somebody := commands.Caller{UserID: kernel.UserID{UUID: uuid.New()}, Role: role}
		p.ServeHTTP(w, r.WithContext(authn.As(r.Context(), somebody)))
		return w
	}
	ask := func(path string) *httptest.ResponseRecorder {
		p := httpx.NewPrefixes(nil)
		absent.Mount(p)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}

	DescribeTable("is answered with none", func(path, body string) {
		answer := ask(path)
		Expect(answer.Code).To(Equal(200))
		Expect(answer.Body.String()).To(MatchJSON(body))
	},
		Entry("playlists of an account", "/api/v1/accounts/root/video-playlists?sort=-updatedAt", `{"total":0,"data":[]}`),
		Entry("playlists of a channel", "/api/v1/video-channels/root_channel/video-playlists", `{"total":0,"data":[]}`),
		Entry("playlists that match", "/api/v1/search/video-playlists?search=x", `{"total":0,"data":[]}`),
		Entry("followers of the instance", "/api/v1/server/followers?state=accepted", `{"total":0,"data":[]}`),
		Entry("whom the instance follows", "/api/v1/server/following?state=accepted", `{"total":0,"data":[]}`),
		Entry("blocks", "/api/v1/blocklist/status?accounts=root@here.example&hosts[]=far.example", `{
			"accounts": {"root@here.example": {"blockedByServer": false, "blockedByUser": false}},
			"hosts": {"far.example": {"blockedByServer": false, "blockedByUser": false}}
		}`),
	)
	DescribeTable("about oneself needs a session", func(path string) { Expect(ask(path).Code).To(Equal(401)) },
		Entry("notifications", "/api/v1/users/me/notifications?unread=true"),
		Entry("subscriptions", "/api/v1/users/me/subscriptions/exist?uris=news@here.example"),
		Entry("channels that one follows", "/api/v1/users/me/subscriptions?start=0"),
		Entry("videos of these", "/api/v1/users/me/subscriptions/videos?start=0"),
		Entry("what one has imported", "/api/v1/users/1/imports/latest"),
		Entry("playlists with a video", "/api/v1/users/me/video-playlists/videos-exist?videoIds=1"),
	)
	DescribeTable("of the administration needs a right", func(path string) {
		Expect(askAs(user.Ordinary, path).Code).To(Equal(403))
		answer := askAs(user.Administrator, path)
		Expect(answer.Code).To(Equal(200))
		Expect(answer.Body.String()).To(MatchJSON(`{"total":0,"data":[]}`))
	},
		Entry("blocked videos", "/api/v1/videos/blacklist?start=0"),
		Entry("requests for an account", "/api/v1/users/registrations?start=0"),
		Entry("runners, as PeerTube's client asks for them", "/api/v1/runners/?start=0"),
		Entry("words, as PeerTube's client asks for them", "/api/v1/watched-words//server/lists?start=0"),
	)
	It("is not found where PeerTube answers so", func() {
		Expect(askAs(user.Ordinary, "/api/v1/users/1/imports/latest").Code).To(Equal(404))
	})
	It("is unknown in any other place", func() {
		Expect(ask("/api/v1/blocklist/other").Code).NotTo(Equal(200))
	})
})
