package channel_test

import (
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
)

var (
	scenario = domaintest.For[channel.Channel]()
	id       = kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	owner    = kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000003")}
	created  = channel.Created{ChannelID: id, OwnerID: owner, Handle: "news", DisplayName: "News"}
	deleted  = channel.Deleted{ChannelID: id, OwnerID: owner, Files: []string{}}
	small    = []actor.Image{{FileName: "a.png", Width: 48, Height: 48, Bytes: 3}}
	wide     = []actor.Image{{FileName: "b.jpg", Width: 600, Height: 100, Bytes: 5}}
)

func text(s string) *string { return &s }

var _ = Describe("Changing a channel", func() {
	It("records all of it, changed or not", func() {
		changed := channel.Updated{ChannelID: id, OwnerID: owner, DisplayName: "News", Description: text("all of it")}
		scenario.Given(created).When(channel.Update{Description: text("all of it")}).Then(changed)
		scenario.Given(created, changed).When(channel.Update{DisplayName: text("News"), Description: text("all of it")}).ThenNothing()
		scenario.Given(created, changed).When(channel.Update{Description: text("")}).
			Then(channel.Updated{ChannelID: id, OwnerID: owner, DisplayName: "News"})
	})
	It("spreads a support text that is new, and no other", func() {
		spread := channel.Updated{ChannelID: id, OwnerID: owner, DisplayName: "News", Support: text("give"), SpreadsSupport: true}
		scenario.Given(created).When(channel.Update{Support: text("give"), SpreadSupport: true}).Then(spread)
		scenario.Given(created, spread).When(channel.Update{Support: text("give"), SpreadSupport: true}).ThenNothing()
		scenario.Given(created, spread).When(channel.Update{DisplayName: text("N"), Support: text("give"), SpreadSupport: true}).
			Then(channel.Updated{ChannelID: id, OwnerID: owner, DisplayName: "N", Support: text("give")})
	})
	DescribeTable("refuses", func(verb channel.Update, field string) {
		Expect(scenario.Given(created).When(verb).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
	},
		Entry("a long name", channel.Update{DisplayName: text(strings.Repeat("a", 121))}, "displayName"),
		Entry("a long description", channel.Update{Description: text(strings.Repeat("a", 1001))}, "description"),
		Entry("a short support text", channel.Update{Support: text("ab")}, "support"),
	)
	It("notes how far the support text has come", func() {
		step := channel.SupportSpread{ChannelID: id, OwnerID: owner, Videos: 100, More: true}
		scenario.Given(created).When(channel.SpreadSupport{Videos: 100, More: true}).Then(step)
		scenario.Given(created, step).When(channel.SpreadSupport{}).ThenNothing()
		scenario.Given(created, deleted).When(channel.SpreadSupport{Videos: 1}).ThenError(kernel.CodeNotFound)
	})
})

var _ = Describe("Pictures of a channel", func() {
	It("replace the former ones, whose files are named", func() {
		first := channel.AvatarChanged{ChannelID: id, Avatars: small, Replaced: []string{}}
		banner := channel.BannerChanged{ChannelID: id, Banners: wide, Replaced: []string{}}
		scenario.Given(created).When(channel.ChangeAvatar{Avatars: small}).Then(first)
		scenario.Given(created).When(channel.ChangeBanner{Banners: wide}).Then(banner)
		scenario.Given(created, first, banner).When(channel.ChangeAvatar{}).
			Then(channel.AvatarChanged{ChannelID: id, Replaced: []string{"a.png"}})
		scenario.Given(created, first, banner).When(channel.ChangeBanner{}).
			Then(channel.BannerChanged{ChannelID: id, Replaced: []string{"b.jpg"}})
	})
	It("cannot be taken away where there are none", func() {
		scenario.Given(created).When(channel.ChangeAvatar{}).ThenNothing()
		scenario.Given(created).When(channel.ChangeBanner{}).ThenNothing()
	})
})

var _ = Describe("Deleting a channel", func() {
	It("names all its files", func() {
		scenario.Given(created, channel.AvatarChanged{ChannelID: id, Avatars: small}, channel.BannerChanged{ChannelID: id, Banners: wide}).
			When(channel.Delete{}).Then(channel.Deleted{ChannelID: id, OwnerID: owner, Files: []string{"a.png", "b.jpg"}})
	})
	DescribeTable("leaves nothing to change", func(verb interface {
		Decide(channel.Channel) ([]kernel.Event, error)
	},
	) {
		scenario.Given(created, deleted).When(verb).ThenError(kernel.CodeNotFound)
	},
		Entry("name", channel.Update{DisplayName: text("A")}), Entry("avatar", channel.ChangeAvatar{Avatars: small}),
		Entry("banner", channel.ChangeBanner{Banners: wide}), Entry("twice", channel.Delete{}),
	)
	It("notes how far the deletion of its videos has come", func() {
		scenario.Given(created, deleted).When(channel.RemoveVideos{Videos: 100, More: true}).
			Then(channel.VideosRemoved{ChannelID: id, OwnerID: owner, Videos: 100, More: true})
		scenario.Given(created, deleted).When(channel.RemoveVideos{}).ThenNothing()
		scenario.Given(created).When(channel.RemoveVideos{Videos: 1}).ThenError(kernel.CodeConflict)
	})
})
