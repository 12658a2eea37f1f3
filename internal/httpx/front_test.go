package httpx_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/httpx"
)

var testTime = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func named(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, name, " ", mux.Vars(r)["id"]) }
}

var _ = Describe("The front of prefixes", func() {
	var front *httpx.Prefixes

	BeforeEach(func() {
		videos, views, lives, files := mux.NewRouter(), mux.NewRouter(), mux.NewRouter(), mux.NewRouter()
		videos.HandleFunc("/api/v1/videos", named("list")).Methods("GET")
		videos.HandleFunc("/api/v1/videos/{id}", named("video")).Methods("GET")
		views.HandleFunc("/api/v1/videos/{id}/views", named("views")).Methods("POST")
		lives.HandleFunc("/api/v1/videos/live/{id}", named("live")).Methods("GET")
		files.HandleFunc("/static/web-videos/{id}", named("file")).Methods("GET")
		front = httpx.NewPrefixes(named("client"))
		front.Handle("/api/v1/videos", videos)
		front.Handle("/api/v1/videos", views)
		front.Handle("/api/v1/videos/live", lives)
		front.Handle("/static/web-videos/", files)
	})

	DescribeTable("finds", func(method, path, answer string) {
		Expect(ask(front, method, path).Body.String()).To(Equal(answer))
	},
		Entry("a list", "GET", "/api/v1/videos", "list "),
		Entry("a list with a slash at the end", "GET", "/api/v1/videos/?count=1", "list "),
		Entry("one", "GET", "/api/v1/videos/7", "video 7"),
		Entry("a route of the second router", "POST", "/api/v1/videos/7/views", "views 7"),
		Entry("the longer prefix", "GET", "/api/v1/videos/live/7", "live 7"),
		Entry("a file", "GET", "/static/web-videos/a.mp4", "file a.mp4"),
		Entry("the client for all else", "GET", "/w/abc", "client "),
		Entry("the client at the root", "GET", "/", "client "),
		Entry("the client for a prefix that only begins alike", "GET", "/static/web-videos-old/x", "client "),
	)

	DescribeTable("answers 400 and nothing to an unknown API route", func(method, path string) {
		answer := ask(front, method, path)
		Expect(answer.Code).To(Equal(400))
		Expect(answer.Header().Get("Content-Type")).To(Equal("application/json; charset=utf-8"))
		Expect(answer.Body.Len()).To(BeZero())
	},
		Entry("without prefix", "GET", "/api/v1/nothing"),
		Entry("below a prefix", "GET", "/api/v1/videos/7/nothing"),
		Entry("of another method", "DELETE", "/api/v1/videos"),
		Entry("of an old version", "GET", "/api/v0/videos"),
	)
})

var _ = Describe("The client's address", func() {
	ip := func(remote string, trusted []string, forwarded ...string) string {
		proxies, err := httpx.ParseTrustedProxies(trusted)
		Expect(err).NotTo(HaveOccurred())
		request := httptest.NewRequest("GET", "/", nil)
		request.RemoteAddr = remote
		for _, value := range forwarded {
			request.Header.Add("X-Forwarded-For", value)
		}
		request.Header.Set("X-Forwarded-Proto", "https")
		var found string
		httpx.Origin(proxies)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			found = httpx.ClientIP(r).String() + " " + httpx.Scheme(r)
		})).ServeHTTP(httptest.NewRecorder(), request)
		return found
	}

	It("is the connection's unless a trusted proxy says otherwise", func() {
		Expect(ip("198.51.100.7:1", []string{"loopback"}, "1.2.3.4")).To(Equal("198.51.100.7 http"))
		Expect(ip("127.0.0.1:1", []string{"loopback"}, "1.2.3.4")).To(Equal("1.2.3.4 https"))
		Expect(ip("[::ffff:127.0.0.1]:1", []string{"loopback"}, "2001:db8::1")).To(Equal("2001:db8::1 https"))
	})

	It("is the first that no trusted proxy vouches for, so that clients cannot invent one", func() {
		Expect(ip("127.0.0.1:1", []string{"loopback", "10.0.0.0/8"}, "6.6.6.6, 1.2.3.4", "10.1.1.1")).To(Equal("1.2.3.4 https"))
		Expect(ip("127.0.0.1:1", []string{"loopback"}, "garbage")).To(Equal("127.0.0.1 https"))
	})

	It("needs proxies that can be read", func() {
		_, err := httpx.ParseTrustedProxies([]string{"local"})
		Expect(err).To(MatchError(ContainSubstring("loopback, linklocal")))
	})
})
