package httpx_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/httpx"
)

var _ = Describe("A request to another server", func() {
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	var server *httptest.Server

	BeforeEach(func() {
		server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/redirect-inside":
				http.Redirect(w, r, "http://127.0.0.2:"+r.URL.Query().Get("port")+"/", http.StatusFound)
			case "/loop":
				http.Redirect(w, r, "/loop", http.StatusFound)
			case "/file":
				http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
			case "/large":
				w.(http.Flusher).Flush()
				_, _ = io.WriteString(w, strings.Repeat("x", 2000))
			default:
				_, _ = io.WriteString(w, r.UserAgent())
			}
		}))
		DeferCleanup(server.Close)
	})

	fetch := func(options httpx.OutgoingOptions, url string) (string, error) {
		answer, err := httpx.OutgoingClient(options).Get(url)
		if err != nil {
			return "", err
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		return string(body), err
	}

	It("does not reach our own network, by address or by name", func() {
		_, err := fetch(httpx.OutgoingOptions{}, server.URL)
		Expect(err).To(MatchError(httpx.ErrForbiddenAddress))
		_, err = fetch(httpx.OutgoingOptions{}, strings.Replace(server.URL, "127.0.0.1", "localhost", 1))
		Expect(err).To(MatchError(httpx.ErrForbiddenAddress))
	})

	It("reaches what is allowed, with our user agent", func() {
		Expect(fetch(httpx.OutgoingOptions{Allow: loopback, UserAgent: "Vidilog"}, server.URL)).To(Equal("Vidilog"))
		Expect(fetch(httpx.OutgoingOptions{AllowPrivate: true, UserAgent: "Vidilog"}, server.URL)).To(Equal("Vidilog"))
	})

	It("is not led inside by a redirect", func() {
		only := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		_, err := fetch(httpx.OutgoingOptions{Allow: only}, server.URL+"/redirect-inside?port=80")
		Expect(err).To(MatchError(httpx.ErrForbiddenAddress))
		_, err = fetch(httpx.OutgoingOptions{Allow: only}, server.URL+"/file")
		Expect(err).To(MatchError(ContainSubstring("must be http or https")))
	})

	It("ends after some redirects and some bytes", func() {
		_, err := fetch(httpx.OutgoingOptions{Allow: loopback, MaxRedirects: 2}, server.URL+"/loop")
		Expect(err).To(MatchError(ContainSubstring("more than 2 times")))
		_, err = fetch(httpx.OutgoingOptions{Allow: loopback, MaxBody: 1999}, server.URL+"/large")
		Expect(err).To(MatchError(httpx.ErrAnswerTooLarge))
		Expect(fetch(httpx.OutgoingOptions{Allow: loopback, MaxBody: 2000}, server.URL+"/large")).To(HaveLen(2000))
	})

	DescribeTable("judges addresses", func(address string, public bool) {
		Expect(httpx.IsPublic(netip.MustParseAddr(address))).To(Equal(public))
	},
		Entry(nil, "1.1.1.1", true), Entry(nil, "2606:4700::1111", true),
		Entry(nil, "10.1.2.3", false), Entry(nil, "172.31.0.1", false), Entry(nil, "192.168.1.1", false),
		Entry(nil, "127.8.8.8", false), Entry(nil, "0.0.0.0", false), Entry(nil, "169.254.169.254", false),
		Entry(nil, "100.64.0.1", false), Entry(nil, "224.0.0.1", false), Entry(nil, "255.255.255.255", false),
		Entry("mapped loopback", "::ffff:127.0.0.1", false), Entry("mapped public", "::ffff:1.1.1.1", true),
		Entry("NAT64 of a private address", "64:ff9b::a01:203", false), Entry("NAT64 of a public one", "64:ff9b::101:101", true),
		Entry("6to4 of a private address", "2002:a01:203::1", false),
		Entry(nil, "::1", false), Entry(nil, "::", false), Entry(nil, "fd00::1", false), Entry(nil, "fe80::1%eth0", false), Entry(nil, "ff02::1", false),
	)
})
