package discovery_test

import (
	"encoding/json"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/federation/discovery"
)

func TestDiscovery(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "How other instances find this one")
}

var _ = DescribeTable("WebFinger reads", func(resource, name string, ok bool) {
	found, isOurs := discovery.ParseAccount(resource, "video.example:9000")
	Expect(isOurs).To(Equal(ok))
	if ok {
		Expect(found).To(Equal(name))
	}
},
	Entry("a handle of this instance", "acct:ada@video.example:9000", "ada", true),
	Entry("a host in capitals", "acct:ada@Video.Example:9000", "ada", true),
	Entry("not another instance's", "acct:ada@other.example", "", false),
	Entry("not one without a scheme", "ada@video.example:9000", "", false),
	Entry("not one without a host", "acct:ada", "", false),
	Entry("not one without a name", "acct:@video.example:9000", "", false),
	Entry("not one with two hosts", "acct:ada@video.example:9000@video.example:9000", "", false),
)

var _ = Describe("The answer of WebFinger", func() {
	It("leads to the actor and to remote interaction", func() {
		text, err := json.Marshal(discovery.ResourceOf("acct:ada@video.example", "https://video.example/accounts/ada", "https://video.example"))
		Expect(err).NotTo(HaveOccurred())
		Expect(text).To(MatchJSON(`{"subject":"acct:ada@video.example","aliases":["https://video.example/accounts/ada"],"links":[
			{"rel":"self","type":"application/activity+json","href":"https://video.example/accounts/ada"},
			{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://video.example/remote-interaction?uri={uri}"}]}`))
	})
})
