package httpx_test

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/httpx"
)

var _ = Describe("An answer", func() {
	status := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		httpx.JSONBytes(w, r, 200, []byte(`{"accounts":{"root@127.0.0.1:9001":{"blockedByServer":false,"blockedByUser":false}},"hosts":{}}`))
	})

	It("has PeerTube's weak ETag and is not sent again", func() {
		const tag = `W/"5f-2kRtFvmuBGFge3uvFvGAsLJO3uQ"`
		first := ask(status, "GET", "/")
		Expect(first.Header().Get("Etag")).To(Equal(tag))
		Expect(first.Header().Get("Content-Type")).To(Equal("application/json; charset=utf-8"))

		again := ask(status, "GET", "/", "If-None-Match", `"other", `+tag)
		Expect(again.Code).To(Equal(304))
		Expect(again.Body.Len()).To(BeZero())
		Expect(ask(status, "GET", "/", "If-None-Match", `W/"other"`).Code).To(Equal(200))
		Expect(ask(status, "POST", "/", "If-None-Match", tag).Code).To(Equal(200))
		Expect(ask(status, "HEAD", "/").Body.Len()).To(BeZero())
	})

	It("keeps <, > and & readable", func() {
		answer := ask(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			Expect(httpx.JSON(w, r, 200, map[string]string{"name": "<a> & b"})).To(Succeed())
		}), "GET", "/")
		Expect(answer.Body.String()).To(Equal(`{"name":"<a> & b"}`))
	})

	It("has the headers of PeerTube, and preflights are answered", func() {
		handler := httpx.Headers(status)
		answer := ask(handler, "GET", "/")
		for name, value := range map[string]string{
			"x-powered-by": "PeerTube", "X-Frame-Options": "DENY", "Access-Control-Allow-Origin": "*",
			"Access-Control-Allow-Credentials": "true", "Access-Control-Expose-Headers": "Retry-After", "Tk": "N",
		} {
			Expect(answer.Header().Get(name)).To(Equal(value), name)
		}
		preflight := ask(handler, "OPTIONS", "/", "Access-Control-Request-Headers", "authorization,x-custom")
		Expect(preflight.Code).To(Equal(204))
		Expect(preflight.Header().Get("Access-Control-Allow-Methods")).To(Equal("GET,HEAD,PUT,PATCH,POST,DELETE"))
		Expect(preflight.Header().Get("Access-Control-Allow-Headers")).To(Equal("authorization,x-custom"))
	})

	It("is 500 after a panic, and the connection is cut when it had begun", func() {
		answer := ask(httpx.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })), "GET", "/")
		Expect(answer.Code).To(Equal(500))
		Expect(answer.Body.String()).NotTo(ContainSubstring("secret"))

		begun := httpx.Recover(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(200)
			panic("late")
		}))
		Expect(func() { ask(begun, "GET", "/") }).To(PanicWith(http.ErrAbortHandler))
	})

	It("is logged with its request id and without the query", func() {
		var log bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&log, nil))
		handler := httpx.RequestID(httpx.AccessLog(httpx.AccessLogOptions{Logger: logger, AnonymizeIP: true})(status))
		answer := ask(handler, "GET", "/static/file?videoFileToken=secret", "X-Request-Id", "from-proxy-1")
		Expect(answer.Header().Get("X-Request-Id")).To(Equal("from-proxy-1"))
		Expect(log.String()).To(And(ContainSubstring("path=/static/file "), ContainSubstring("status=200"), ContainSubstring("bytes=95"),
			ContainSubstring("requestId=from-proxy-1"), ContainSubstring("ip=192.0.2.0 "), Not(ContainSubstring("secret"))))

		log.Reset()
		ask(handler, "GET", "/api/v1/ping")
		Expect(log.String()).To(BeEmpty())
		forged := ask(handler, "GET", "/", "X-Request-Id", "a b\nc")
		Expect(forged.Header().Get("X-Request-Id")).To(MatchRegexp(`^[0-9a-f-]{36}$`))
	})

	It("still takes over connections and serves ranges below the log", func() {
		server := httptest.NewServer(httpx.AccessLog(httpx.AccessLogOptions{Logger: slog.New(slog.DiscardHandler)})(
			http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/hijack" {
					connection, _, err := w.(http.Hijacker).Hijack()
					Expect(err).NotTo(HaveOccurred())
					_, _ = connection.Write([]byte("HTTP/1.1 299 Taken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
					_ = connection.Close()
					return
				}
				http.ServeContent(w, r, "file.bin", testTime, strings.NewReader("0123456789"))
			})))
		DeferCleanup(server.Close)
		taken, err := http.Get(server.URL + "/hijack")
		Expect(err).NotTo(HaveOccurred())
		Expect(taken.StatusCode).To(Equal(299))

		request, err := http.NewRequest(http.MethodGet, server.URL+"/file", nil)
		Expect(err).NotTo(HaveOccurred())
		request.Header.Set("Range", "bytes=2-4")
		part, err := http.DefaultClient.Do(request)
		Expect(err).NotTo(HaveOccurred())
		Expect(part.StatusCode).To(Equal(206))
		body := make([]byte, 8)
		n, _ := part.Body.Read(body)
		Expect(string(body[:n])).To(Equal("234"))
	})
})

var _ = Describe("A body that nobody wants", func() {
	It("is read to its end, so that a client that is still sending hears the refusal", func() {
		server := httptest.NewServer(httpx.Drain(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusForbidden)
		})))
		DeferCleanup(server.Close)
		client, err := net.Dial("tcp", server.Listener.Addr().String())
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(client.Close)
		const size = 4 << 20
		_, err = fmt.Fprintf(client, "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n", size)
		Expect(err).NotTo(HaveOccurred())
		for sent := 0; sent < size; sent += 1 << 20 {
			_, err = client.Write(make([]byte, 1<<20))
			Expect(err).NotTo(HaveOccurred())
			time.Sleep(200 * time.Millisecond) //nolint:forbidigo // time is the matter: net/http lets go of a connection half a second after its answer
		}
		answer, err := http.ReadResponse(bufio.NewReader(client), nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.StatusCode).To(Equal(http.StatusForbidden))
		_ = answer.Body.Close()
	})
})
