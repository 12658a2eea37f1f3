package instance_test

import (
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
)

var scenario = domaintest.For[instance.Instance]()

var _ = Describe("The first start", func() {
	initialise := instance.Initialise{
		ClientID: "client", ClientSecretRef: "secret", ActorID: 1, AccountID: 2, PublicKey: "PEM", PrivateKeyRef: "key",
	}
	It("records what has been drawn", func() {
		after := scenario.Given().When(initialise).Then(instance.Initialised(initialise))
		Expect(after.State()).To(Equal(instance.Instance{Initialised: true, ClientID: "client", ClientSecretRef: "secret"}))
	})
	It("happens once: later ones keep client and keys", func() {
		again := initialise
		again.ClientID = "other"
		scenario.Given(instance.Initialised(initialise)).When(again).ThenNothing()
	})
})

var _ = Describe("The configuration", func() {
	configured := func(text string) instance.Configured {
		return instance.Configured{Configuration: json.RawMessage(text)}
	}
	configure := func(text string) instance.Configure { return instance.Configure{Configuration: json.RawMessage(text)} }

	It("is recorded when it differs from the one in force", func() {
		after := scenario.Given(configured(`{"a":1}`)).When(configure(`{"a":2}`)).Then(configured(`{"a":2}`))
		Expect(after.State().Configuration).To(MatchJSON(`{"a":2}`))
	})
	It("is not recorded again", func() { scenario.Given(configured(`{"a":1}`)).When(configure(`{"a":1}`)).ThenNothing() })
	It("is recorded when it goes back to an earlier one", func() {
		scenario.Given(configured(`{"a":1}`), configured(`{"a":2}`)).When(configure(`{"a":1}`)).Then(configured(`{"a":1}`))
	})
	DescribeTable("is refused as", func(text string) {
		Expect(scenario.Given().When(configure(text)).ThenError(kernel.CodeInvalid).Field).To(Equal("configuration"))
	}, Entry("nothing", ""), Entry("half of it", `{"a":`))
})
