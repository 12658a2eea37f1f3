package httpx_test

import (
	"context"
	"net/http"
	"strconv"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/redis/go-redis/v9"

	"vidilog/internal/embedded/testredis"
	"vidilog/internal/httpx"
)

var _ = Describe("A rate limit", func() {
	answering := func(status int) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}

	It("refuses the request after the last one allowed, and says when to come again", func() {
		limiter := httpx.NewRateLimiter(testredis.Client(GinkgoT()), "test:")
		handler := limiter.Middleware(httpx.Limit{Name: "api", Max: 2, Window: time.Minute})(answering(200))
		Expect(ask(handler, "GET", "/").Header().Get("X-RateLimit-Remaining")).To(Equal("1"))
		Expect(ask(handler, "GET", "/").Code).To(Equal(200))

		refused := ask(handler, "GET", "/")
		Expect(refused.Code).To(Equal(429))
		Expect(refused.Body.String()).To(Equal("Too many requests, please try again later."))
		Expect(refused.Header().Get("X-RateLimit-Limit")).To(Equal("2"))
		Expect(strconv.Atoi(refused.Header().Get("Retry-After"))).To(BeNumerically("~", 60, 5))
		reset, err := strconv.ParseInt(refused.Header().Get("X-RateLimit-Reset"), 10, 64)
		Expect(err).NotTo(HaveOccurred())
		Expect(time.Unix(reset, 0)).To(BeTemporally("~", time.Now().Add(time.Minute), 5*time.Second))
	})

	It("lets those through who may pass, asked only once it is exceeded", func() {
		limiter := httpx.NewRateLimiter(testredis.Client(GinkgoT()), "test:")
		asked := 0
		limiter.Bypass = func(*http.Request) bool { asked++; return true }
		handler := limiter.Middleware(httpx.Limit{Name: "api", Max: 1, Window: time.Minute})(answering(200))
		Expect(ask(handler, "GET", "/").Code).To(Equal(200))
		Expect(asked).To(BeZero())
		Expect(ask(handler, "GET", "/").Code).To(Equal(200))
		Expect(asked).To(Equal(1))
	})

	It("is whole again when the window ends, and not before", func() {
		client := testredis.Client(GinkgoT())
		limiter := httpx.NewRateLimiter(client, "test:")
		handler := limiter.Middleware(httpx.Limit{Name: "login", Max: 2, Window: time.Hour})(answering(200))
		code := func() int { return ask(handler, "GET", "/").Code }
		Expect([]int{code(), code(), code()}).To(Equal([]int{200, 200, 429}))

		keys, err := client.Keys(context.Background(), "test:*").Result()
		Expect(err).NotTo(HaveOccurred())
		Expect(keys).To(HaveLen(1))
		Expect(client.PTTL(context.Background(), keys[0]).Val()).To(BeNumerically("~", time.Hour, time.Minute))
		Expect(client.PExpire(context.Background(), keys[0], 300*time.Millisecond).Err()).To(Succeed())
		Eventually(code).Should(Equal(200))
		Expect([]int{code(), code()}).To(Equal([]int{200, 429}))
	})

	It("never refuses for ever", func() {
		client := testredis.Client(GinkgoT())
		handler := httpx.NewRateLimiter(client, "test:").Middleware(httpx.Limit{Name: "login", Max: 1, Window: time.Hour})(answering(200))
		Expect(ask(handler, "GET", "/").Code).To(Equal(200))
		keys, err := client.Keys(context.Background(), "test:*").Result()
		Expect(err).NotTo(HaveOccurred())
		Expect(client.Persist(context.Background(), keys[0]).Val()).To(BeTrue())
		Expect(ask(handler, "GET", "/").Code).To(Equal(429))
		Expect(client.PTTL(context.Background(), keys[0]).Val()).To(BeNumerically(">", 0))
	})

	It("can count successes only", func() {
		limiter := httpx.NewRateLimiter(testredis.Client(GinkgoT()), "test:")
		limit := httpx.Limit{Name: "signup", Max: 1, Window: time.Minute, OnlySuccess: true}
		for range 3 {
			Expect(ask(limiter.Middleware(limit)(answering(400)), "POST", "/").Code).To(Equal(400))
		}
		Expect(ask(limiter.Middleware(limit)(answering(200)), "POST", "/").Code).To(Equal(200))
		Expect(ask(limiter.Middleware(limit)(answering(200)), "POST", "/").Code).To(Equal(429))
	})

	It("that counts successes only does not count its own refusals", func() {
		limiter := httpx.NewRateLimiter(testredis.Client(GinkgoT()), "test:")
		limit := limiter.Middleware(httpx.Limit{Name: "download", Max: 1, Window: time.Minute, OnlySuccess: true})
		Expect(ask(limit(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			Expect(ask(limit(answering(200)), "GET", "/").Code).To(Equal(429), "while another is being answered")
			w.WriteHeader(400)
		})), "GET", "/").Code).To(Equal(400))
		Expect(ask(limit(answering(200)), "GET", "/").Code).To(Equal(200))
	})

	It("does not stop the service when Redis is away", func() {
		away := redis.NewClient(&redis.Options{Network: "unix", Addr: "/nonexistent/redis.sock", MaxRetries: -1})
		DeferCleanup(away.Close)
		handler := httpx.NewRateLimiter(away, "test:").Middleware(httpx.Limit{Name: "api", Max: 1, Window: time.Minute})(answering(200))
		Expect(ask(handler, "GET", "/").Code).To(Equal(200))
		Expect(ask(handler, "GET", "/").Code).To(Equal(200))
	})
})
