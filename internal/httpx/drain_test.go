package httpx_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/httpx"
)

var _ = Describe("A body that is refused before it is read", func() {
	var server *httptest.Server
	BeforeEach(func() {
		server = httptest.NewServer(httpx.Drain(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut {
				_, _ = io.Copy(io.Discard, r.Body)
			}
			w.Header().Set("Content-Length", "2")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte("no"))
		})))
		DeferCleanup(server.Close)
	})
	dial := func() (net.Conn, *bufio.Reader) {
		GinkgoHelper()
		connection, err := net.Dial("tcp", server.Listener.Addr().String())
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(connection.Close)
		Expect(connection.SetDeadline(time.Now().Add(20 * time.Second))).To(Succeed())
		return connection, bufio.NewReader(connection)
	}
	answered := func(reader *bufio.Reader) {
		GinkgoHelper()
		response, err := http.ReadResponse(reader, nil)
		Expect(err).NotTo(HaveOccurred())
		defer response.Body.Close()
		Expect(response.StatusCode).To(Equal(http.StatusUnauthorized))
		Expect(io.ReadAll(response.Body)).To(BeEquivalentTo("no"))
	}

	It("is read to its end, so that a client that listens only then hears the answer, and may go on", func() {
		const size = 8 << 20 // far beyond what sockets hold
		connection, reader := dial()
		for range 3 {
			_, err := fmt.Fprintf(connection, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n", size)
			Expect(err).NotTo(HaveOccurred())
			_, err = io.WriteString(connection, strings.Repeat("x", size))
			Expect(err).NotTo(HaveOccurred(), "the server takes all of it")
			answered(reader)
		}
	})
	It("is answered before it is read, so that a client that listens can stop", func() {
		connection, reader := dial()
		_, err := io.WriteString(connection, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\nx")
		Expect(err).NotTo(HaveOccurred())
		answered(reader)
	})
	It("is not asked for when the client waits for leave to send it", func() {
		connection, reader := dial()
		_, err := io.WriteString(connection, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n")
		Expect(err).NotTo(HaveOccurred())
		answered(reader)
	})
	It("is left alone when the handler has read it", func() {
		connection, reader := dial()
		for range 2 {
			_, err := io.WriteString(connection, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
			Expect(err).NotTo(HaveOccurred())
			answered(reader)
		}
	})
})
