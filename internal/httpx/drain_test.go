package httpx_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/httpx"
)

var _ = Describe("A body that is refused before it is read", func() {
	// What comes at once comes before the pause, which is long where a spec waits for it in vain, and short where it is waited for:
	// on a busy machine nothing here is measured closely.
	const (
		longPause, shortPause = 8 * time.Second, 250 * time.Millisecond
		atOnce                = 4 * time.Second
		enough, patience      = 16 << 20, 10 * time.Second
	)
	var (
		requests   atomic.Int32
		connection *net.TCPConn
		reader     *bufio.Reader
	)
	refuse := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.Method == http.MethodPut {
			_, _ = io.Copy(io.Discard, r.Body)
		}
		if r.URL.Path != "/unmeasured" {
			w.Header().Set("Content-Length", "2")
		}
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte("no"))
	})
	serve := func(handler http.Handler) {
		GinkgoHelper()
		server := httptest.NewUnstartedServer(handler)
		server.Config.ConnContext = httpx.Connected
		server.Start()
		DeferCleanup(server.Close)
		dialed, err := net.Dial("tcp", server.Listener.Addr().String())
		Expect(err).NotTo(HaveOccurred())
		connection, reader = dialed.(*net.TCPConn), bufio.NewReader(dialed)
		DeferCleanup(connection.Close)
		Expect(connection.SetDeadline(time.Now().Add(20 * time.Second))).To(Succeed())
		requests.Store(0)
	}
	send := func(text string) {
		GinkgoHelper()
		_, err := io.WriteString(connection, text)
		Expect(err).NotTo(HaveOccurred(), "the server takes all of it")
	}
	post := func(length int, more ...string) string {
		return fmt.Sprintf("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n%s\r\n", length, strings.Join(more, ""))
	}
	answered := func(within time.Duration) *http.Response {
		GinkgoHelper()
		asked := time.Now()
		response, err := http.ReadResponse(reader, nil)
		Expect(err).NotTo(HaveOccurred())
		defer response.Body.Close()
		Expect(response.StatusCode).To(Equal(http.StatusUnauthorized))
		Expect(io.ReadAll(response.Body)).To(BeEquivalentTo("no"))
		Expect(time.Since(asked)).To(BeNumerically("<", within))
		return response
	}
	ended := func() {
		GinkgoHelper()
		_, err := reader.ReadByte()
		Expect(err).To(MatchError(io.EOF), "the server has closed its side, gently")
		Expect(requests.Load()).To(BeEquivalentTo(1), "nothing of the body was taken for a request")
	}
	const forgery = "GET / HTTP/1.1\r\nHost: a\r\n\r\n" // what would be one
	quick := httpx.DrainWithin(enough, patience, shortPause, refuse)
	patient := httpx.DrainWithin(enough, patience, longPause, refuse)
	BeforeEach(func() { serve(quick) })

	It("is read to its end, so that a client that listens only then hears the answer, and may go on", func() {
		serve(patient)
		const size = 8 << 20 // far beyond what sockets hold
		for range 3 {
			send(post(size))
			send(strings.Repeat("x", size))
			Expect(answered(atOnce).Close).To(BeFalse())
		}
	})
	It("is read to its end when it drips", func() {
		serve(patient)
		for range 2 {
			send(post(8))
			for range 8 {
				send("x")
				time.Sleep(100 * time.Millisecond) //nolint:forbidigo // a slow client
			}
			Expect(answered(atOnce).Close).To(BeFalse())
		}
	})
	It("is answered after a pause, so that a client that waits hears it", func() {
		send(post(1_000_000_000) + "x")
		Expect(answered(atOnce).Close).To(BeTrue())
		ended()
	})
	DescribeTable("is read away behind the answer when it comes after a pause, so that a client that listens only then hears it",
		func(path, length string) {
			send("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + length + "\r\n\r\n100000\r\n")
			time.Sleep(600 * time.Millisecond) //nolint:forbidigo // the client thinks
			for range 8 {
				send(strings.Repeat(forgery, 40_000))
			}
			Expect(answered(atOnce).Close).To(BeTrue())
			ended()
		},
		Entry("of a known length", "/", "Content-Length: 100000000"),
		Entry("in chunks", "/", "Transfer-Encoding: chunked"),
		Entry("with an answer whose length is not known", "/unmeasured", "Content-Length: 100000000"),
	)
	It("is not asked for when the client waits for leave to send it", func() {
		serve(patient)
		send(post(10, "Expect: 100-continue\r\n"))
		Expect(answered(atOnce).Close).To(BeTrue())
		ended()
	})
	It("is read away behind the answer when the client sends it without leave", func() {
		serve(patient)
		const size = 8 << 20
		send(post(size, "Expect: 100-continue\r\n"))
		time.Sleep(400 * time.Millisecond) //nolint:forbidigo // curl waits a second
		send(strings.Repeat("x", size))
		Expect(answered(atOnce).Close).To(BeTrue())
		ended()
	})
	It("is left alone when the handler has read it", func() {
		serve(patient)
		for range 2 {
			send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
			Expect(answered(atOnce).Close).To(BeFalse())
		}
	})
	It("is given up at the limit of time, however it drips", func() {
		serve(httpx.DrainWithin(1<<20, time.Second, 250*time.Millisecond, refuse))
		send(post(1_000_000))
		go func() {
			for err := error(nil); err == nil; time.Sleep(50 * time.Millisecond) { //nolint:forbidigo // a slow client
				_, err = io.WriteString(connection, "x")
			}
		}()
		Expect(answered(atOnce).Close).To(BeTrue())
	})
	It("is given up at the limit of bytes, however fast it comes", func() {
		serve(httpx.DrainWithin(1<<20, 10*time.Second, 250*time.Millisecond, refuse))
		send(post(1_000_000_000))
		go func() {
			for err := error(nil); err == nil; {
				_, err = io.WriteString(connection, strings.Repeat("x", 64<<10))
			}
		}()
		Expect(answered(atOnce).Close).To(BeTrue())
	})
})
