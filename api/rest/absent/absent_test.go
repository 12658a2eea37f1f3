package absent_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/absent"
	"vidilog/internal/httpx"
)

func TestAbsent(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "What is not there")
}

var _ = Describe("A question about what this release does not have", func() {
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
		Entry("comments", "/api/v1/videos/1/comment-threads?start=0", `{"total":0,"totalNotDeletedComments":0,"data":[]}`),
		Entry("blocks", "/api/v1/blocklist/status?accounts=root@here.example&hosts[]=far.example", `{
			"accounts": {"root@here.example": {"blockedByServer": false, "blockedByUser": false}},
			"hosts": {"far.example": {"blockedByServer": false, "blockedByUser": false}}
		}`),
	)
	DescribeTable("about oneself needs a session", func(path string) { Expect(ask(path).Code).To(Equal(401)) },
		Entry("notifications", "/api/v1/users/me/notifications?unread=true"),
		Entry("subscriptions", "/api/v1/users/me/subscriptions/exist?uris=news@here.example"),
		Entry("playlists with a video", "/api/v1/users/me/video-playlists/videos-exist?videoIds=1"),
	)
	It("is unknown in any other place", func() {
		Expect(ask("/api/v1/blocklist/other").Code).NotTo(Equal(200))
	})
})
