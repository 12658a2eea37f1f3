package channel_test

import (
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/channel"
	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
)

var _ = Describe("Opening a channel", func() {
	scenario := domaintest.For[channel.Channel]()
	create := func(handle, name string) channel.Create {
		return channel.Create{
			ChannelID: kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}, IntegerID: 5, ActorID: 6,
			AccountID: kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")},
			OwnerID:   kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000003")},
			Handle:    handle, DisplayName: name, PublicKey: "PEM", PrivateKeyRef: "channel/key",
		}
	}

	It("records handle, name and keys", func() {
		c := create("news", "News")
		after := scenario.Given().When(c).Then(channel.Created(c))
		Expect(after.State()).To(Equal(channel.Channel{
			Exists: true, ChannelID: c.ChannelID, IntegerID: c.IntegerID, Handle: "news", DisplayName: "News", AccountID: c.AccountID, OwnerID: c.OwnerID,
		}))
	})
	It("trims the name, and takes zero bytes out", func() {
		scenario.Given().When(create("news", " Ne\x00ws ")).Then(channel.Created(create("news", "News")))
	})
	It("is refused for one that exists", func() {
		scenario.Given(channel.Created(create("news", "News"))).When(create("news", "News")).ThenError(kernel.CodeConflict)
	})
	DescribeTable("refuses", func(handle, name, field string) {
		Expect(scenario.Given().When(create(handle, name)).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
	},
		Entry("no handle", "", "News", "name"), Entry("a handle with a capital", "News", "News", "name"),
		Entry("a handle that ends with a dot", "news.", "News", "name"), Entry("a handle of 51 characters", strings.Repeat("a", 51), "News", "name"),
		Entry("no name", "news", "  ", "displayName"), Entry("a name of 121 characters", "news", strings.Repeat("é", 121), "displayName"),
	)
	It("counts characters, not bytes", func() {
		Expect(scenario.Given().When(create("news", strings.Repeat("é", 120))).Events()).To(HaveLen(1))
	})
})
