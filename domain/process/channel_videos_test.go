package process_test

import (
	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
)

var _ = Describe("The process of a channel's videos", func() {
	id := kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000007")}
	react := func(e kernel.Event) process.Decision { return process.ChannelVideos{}.React(process.Cause{Data: e}) }
	remove := process.Decision{Intents: []process.Intent{process.RemoveVideosOfChannel{ChannelID: id}}}
	spread := process.Decision{Intents: []process.Intent{process.SpreadSupport{ChannelID: id}}}

	DescribeTable("answers", func(e kernel.Event, decision process.Decision, concerned bool) {
		Expect(react(e)).To(Equal(decision))
		_, ok := process.ChannelVideosKey(e)
		Expect(ok).To(Equal(concerned))
	},
		Entry("the deletion with the first step", channel.Deleted{ChannelID: id}, remove, true),
		Entry("a step with the next where there are more", channel.VideosRemoved{ChannelID: id, Videos: 100, More: true}, remove, true),
		Entry("the last step with nothing", channel.VideosRemoved{ChannelID: id, Videos: 3}, process.Decision{}, false),
		Entry("a support text that is to be spread", channel.Updated{ChannelID: id, SpreadsSupport: true}, spread, true),
		Entry("another change with nothing", channel.Updated{ChannelID: id}, process.Decision{}, false),
		Entry("a step of spreading with the next", channel.SupportSpread{ChannelID: id, Videos: 100, More: true}, spread, true),
		Entry("what is none of its business with nothing", channel.Created{ChannelID: id}, process.Decision{}, false),
	)
	It("counts what was declined", func() {
		Expect(process.ChannelVideos{}.Apply(process.Declined{}).Declined).To(Equal(1))
	})
})
