package respond_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/authn"
	"vidilog/api/rest/respond"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
)

func TestRespond(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Answers")
}

var _ = Describe("Answers to people who have not logged in", func() {
	var (
		position eventstore.Position
		watching uint64
		built    int
		size     int
		during   func()
		handler  http.Handler
	)
	BeforeEach(func() {
		position, watching, built, size, during = 7, 0, 0, 10, func() {}
		kept := respond.NewAnonymous(func() eventstore.Position { return position }, func() uint64 { return watching })
		handler = kept.Handler(func(r *http.Request) ([]byte, error) {
			if r.URL.Query().Has("bad") {
				return nil, kernel.NotFound("no")
			}
			built++
			body := fmt.Sprintf(`{"built":%d,"at":%d,"fill":%q}`, built, position, strings.Repeat("a", size))
			during()
			return []byte(body), nil
		})
	})
	ask := func(address string, change ...func(*http.Request)) *httptest.ResponseRecorder {
		r, w := httptest.NewRequest(http.MethodGet, address, nil), httptest.NewRecorder()
		for _, c := range change {
			c(r)
		}
		handler.ServeHTTP(w, r)
		return w
	}
	ada := func(r *http.Request) {
		*r = *r.WithContext(authn.As(r.Context(), commands.ForUser(kernel.UserID{UUID: uuid.New()}, user.Ordinary)))
	}
	password := func(r *http.Request) { r.Header.Set("X-Peertube-Video-Password", "secret") }

	It("are made once for an address", func() {
		first := ask("/a?x=1").Body.String()
		Expect(ask("/a?x=1").Body.String()).To(Equal(first))
		Expect(ask("/a?x=2").Body.String()).NotTo(Equal(first))
		Expect(built).To(Equal(2))
	})
	It("are made anew after every event, back and forth", func() {
		for _, at := range []eventstore.Position{7, 8, 7, 9} { // a read model that is rolled back goes back
			position = at
			Expect(ask("/a").Body.String()).To(ContainSubstring(fmt.Sprintf(`"at":%d,`, at)))
		}
		Expect(built).To(Equal(4))
	})
	It("are made anew when somebody begins or ends to watch", func() {
		ask("/a")
		watching++
		ask("/a")
		Expect(built).To(Equal(2))
	})
	It("are not kept when an event came while they were made", func() {
		during = func() { position, during = 8, func() {} }
		Expect(ask("/a").Body.String()).To(ContainSubstring(`"at":7`))
		Expect(ask("/a").Body.String()).To(ContainSubstring(`"at":8`))
		position = 7
		Expect(ask("/a").Body.String()).To(ContainSubstring(`"built":3`))
	})
	It("are neither taken from nor given to those who are somebody", func() {
		ask("/a")
		ask("/a", ada)
		ask("/a", password)
		ask("/b", ada)
		ask("/b")
		Expect(built).To(Equal(5))
	})
	It("are not kept when they refuse", func() {
		Expect(ask("/a?bad").Code).To(Equal(http.StatusNotFound))
		Expect(ask("/a?bad").Code).To(Equal(http.StatusNotFound))
		Expect(built).To(BeZero())
	})
	It("are answered 304 to those who have them, until something changes", func() {
		tag := ask("/a").Header().Get("Etag")
		has := func(r *http.Request) { r.Header.Set("If-None-Match", tag) }
		Expect(ask("/a", has).Code).To(Equal(http.StatusNotModified))
		position++
		Expect(ask("/a", has).Code).To(Equal(http.StatusOK))
	})
	It("make room for others", func() {
		size = 1 << 20
		for n := range 12 {
			ask(fmt.Sprintf("/%d", n))
		}
		ask("/11")
		Expect(built).To(Equal(12))
		ask("/0")
		Expect(built).To(Equal(13))
	})
})
