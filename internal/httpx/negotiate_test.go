package httpx_test

import (
	"net/http/httptest"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/httpx"
)

var _ = DescribeTable("Who gets an ActivityPub object", func(accept string, wants bool) {
	r := httptest.NewRequest("GET", "/videos/watch/1", nil)
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	Expect(httpx.PrefersActivityPub(r)).To(Equal(wants))
},
	Entry("nobody who says nothing", "", false),
	Entry("nobody who takes anything", "*/*", false),
	Entry("no browser", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false),
	Entry("nobody who wants JSON", "application/json", false),
	Entry("PeerTube", "application/activity+json, application/ld+json", true),
	Entry("Mastodon", `application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams", text/html;q=0.1`, true),
	Entry("who names the profile", `application/ld+json; profile="https://www.w3.org/ns/activitystreams"`, true),
	Entry("who likes it better", "text/html;q=0.5, application/activity+json", true),
	Entry("not who names the page first", "text/html, application/activity+json", false),
	Entry("not who takes any of application: JSON comes first", "application/*", false),
	Entry("not who refuses it", "application/activity+json;q=0, text/html;q=0.1", false),
	Entry("not who sends nonsense", ";;,", false),
)
