package account_test

import (
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/account"
	"vidilog/domain/actor"
	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
)

var _ = Describe("Opening an account", func() {
	scenario := domaintest.For[account.Account]()
	create := account.Create{
		AccountID: kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}, IntegerID: 3, ActorID: 4,
		UserID:    kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")},
		ChannelID: kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000003")}, Name: "ada", DisplayName: "Ada",
		PublicKey: "PEM", PrivateKeyRef: "account/key",
	}
	created := account.Created(create)
	second := kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000004")}
	text := func(s string) *string { return &s }
	picture := []actor.Image{{FileName: "a.png", Width: 120, Height: 120, Bytes: 9}}

	It("records the name and its keys", func() {
		after := scenario.Given().When(create).Then(account.Created(create))
		Expect(after.State()).To(Equal(account.Account{
			Exists: true, AccountID: create.AccountID, UserID: create.UserID, Name: "ada", DisplayName: "Ada",
			Channels: []kernel.ChannelID{create.ChannelID},
		}))
	})
	It("is refused for one that exists", func() {
		refusal := scenario.Given(account.Created(create)).When(create).ThenError(kernel.CodeConflict)
		Expect(refusal.Detail).To(ContainSubstring("ada"))
	})

	Describe("then changing it", func() {
		It("records what differs", func() {
			changed := account.Updated{AccountID: create.AccountID, DisplayName: "Ada L.", Description: text("about me")}
			after := scenario.Given(created).When(account.Update{DisplayName: text(" Ada L. "), Description: text("about me")}).Then(changed)
			Expect(after.State()).To(And(HaveField("DisplayName", "Ada L."), HaveField("Description", text("about me"))))
			scenario.Given(created, changed).When(account.Update{DisplayName: text("Ada L.")}).ThenNothing()
			scenario.Given(created, changed).When(account.Update{Description: text("")}).
				Then(account.Updated{AccountID: create.AccountID, DisplayName: "Ada L."})
		})
		DescribeTable("refuses", func(verb account.Update, field string) {
			Expect(scenario.Given(created).When(verb).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
		},
			Entry("no name", account.Update{DisplayName: text(" ")}, "displayName"),
			Entry("a long name", account.Update{DisplayName: text(strings.Repeat("é", 121))}, "displayName"),
			Entry("a short description", account.Update{Description: text("ab")}, "description"),
			Entry("a long description", account.Update{Description: text(strings.Repeat("é", 1001))}, "description"),
		)
	})

	Describe("then its avatar", func() {
		It("names the files that are needed no more", func() {
			first := account.AvatarChanged{AccountID: create.AccountID, Avatars: picture, Replaced: []string{}}
			scenario.Given(created).When(account.ChangeAvatar{Avatars: picture}).Then(first)
			scenario.Given(created, first).When(account.ChangeAvatar{}).
				Then(account.AvatarChanged{AccountID: create.AccountID, Replaced: []string{"a.png"}})
		})
		It("cannot be taken away where there is none", func() {
			scenario.Given(created).When(account.ChangeAvatar{}).ThenNothing()
		})
	})

	Describe("then its channels", func() {
		opened := account.ChannelOpened{AccountID: create.AccountID, ChannelID: second}
		It("are opened up to the limit", func() {
			after := scenario.Given(created).When(account.OpenChannel{ChannelID: second, Max: 2}).Then(opened)
			Expect(after.State().Channels).To(Equal([]kernel.ChannelID{create.ChannelID, second}))
			scenario.Given(created, opened).When(account.OpenChannel{ChannelID: second, Max: 2}).ThenError(kernel.CodeInvalid)
		})
		It("are closed, but for the last", func() {
			closed := account.ChannelClosed{AccountID: create.AccountID, ChannelID: create.ChannelID}
			after := scenario.Given(created, opened).When(account.CloseChannel{ChannelID: create.ChannelID}).Then(closed)
			Expect(after.State().Channels).To(Equal([]kernel.ChannelID{second}))
			scenario.Given(created, opened, closed).When(account.CloseChannel{ChannelID: second}).ThenError(kernel.CodeConflict)
			scenario.Given(created, opened, closed).When(account.CloseChannel{ChannelID: create.ChannelID}).ThenError(kernel.CodeNotFound)
		})
	})

	Describe("then deleting it", func() {
		deleted := account.Deleted{AccountID: create.AccountID, Files: []string{"a.png"}}
		It("names its files", func() {
			scenario.Given(created, account.AvatarChanged{AccountID: create.AccountID, Avatars: picture}).When(account.Delete{}).Then(deleted)
		})
		It("is followed by that of what it has written, step by step", func() {
			step := account.CommentsRemoved{AccountID: create.AccountID, Comments: 100, More: true}
			scenario.Given(created, deleted).When(account.RemoveComments{Comments: 100, More: true}).Then(step).
				When(account.RemoveComments{}).ThenNothing()
			scenario.Given(created).When(account.RemoveComments{Comments: 1}).ThenError(kernel.CodeConflict)
		})
		DescribeTable("leaves nothing to change", func(verb interface {
			Decide(account.Account) ([]kernel.Event, error)
		},
		) {
			scenario.Given(created, deleted).When(verb).ThenError(kernel.CodeNotFound)
		},
			Entry("name", account.Update{DisplayName: text("A")}), Entry("avatar", account.ChangeAvatar{Avatars: picture}),
			Entry("channels", account.OpenChannel{ChannelID: second, Max: 9}), Entry("twice", account.Delete{}),
			Entry("closing", account.CloseChannel{ChannelID: create.ChannelID}),
		)
	})
})
