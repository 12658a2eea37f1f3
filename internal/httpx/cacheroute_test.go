package httpx_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
)

var _ = Describe("A cached route", func() {
	count := 0
	counting := httpx.CacheRoute(time.Hour, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count++
		if r.URL.Path == "/missing" {
			httpx.Write(w, r, kernel.NotFound("nothing"))
			return
		}
		httpx.Conditional(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte(strconv.Itoa(count)))
	}))
	get := func(address string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		counting.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		return w
	}
	BeforeEach(func() { count = 0 })

	It("is asked once per address", func() {
		Expect([]string{get("/a").Body.String(), get("/a").Body.String(), get("/a?t=1").Body.String()}).To(Equal([]string{"1", "1", "2"}))
		again := get("/a")
		Expect(again.Header().Get("Content-Type")).To(Equal("text/plain; charset=utf-8"))
		Expect(again.Header().Get("Cache-Control")).To(Equal("max-age=3600"))
	})
	It("keeps no refusals", func() {
		Expect(get("/missing").Header()).NotTo(HaveKey("Cache-Control"))
		get("/missing")
		Expect(count).To(Equal(2))
	})
})
