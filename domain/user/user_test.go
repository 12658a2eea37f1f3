package user_test

import (
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

var (
	scenario = domaintest.For[user.User]()
	id       = kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	account  = kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")}
	channel  = kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000003")}
)

func create(change ...func(*user.Create)) user.Create {
	c := user.Create{
		UserID: id, IntegerID: 7, AccountID: account, ChannelID: channel, Username: "ada", Email: "ada@example.org",
		Role: user.Ordinary, PasswordRef: "user/1/password", Quota: 1000, QuotaDaily: -1,
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

var created = user.Created{
	UserID: id, IntegerID: 7, AccountID: account, ChannelID: channel, Username: "ada", Email: "ada@example.org",
	Role: user.Ordinary, PasswordRef: "user/1/password", Quota: 1000, QuotaDaily: -1, Settings: settings,
}

// settings are what is filled in where nothing is said.
var settings = user.Settings{NSFWPolicy: user.DoNotList, Theme: user.DefaultTheme}

func named(name string) func(*user.Create)     { return func(c *user.Create) { c.Username = name } }
func mailed(address string) func(*user.Create) { return func(c *user.Create) { c.Email = address } }

var _ = Describe("Creating a user", func() {
	It("records everything that was drawn for them", func() {
		after := scenario.Given().When(create()).Then(created)
		Expect(after.State()).To(Equal(user.User{
			Exists: true, ID: id, Username: "ada", Email: "ada@example.org", Role: user.Ordinary, AccountID: account,
			PasswordRef: "user/1/password", Quota: 1000, QuotaDaily: -1, Settings: settings,
		}))
	})
	It("seals the address with the user's own key", func() {
		Expect(created.PersonalSubject()).To(Equal("user-" + id.String()))
	})
	It("is refused for one who exists", func() {
		scenario.Given(created).When(create()).ThenError(kernel.CodeConflict)
	})

	DescribeTable("accepts the name", func(name string) {
		Expect(scenario.Given().When(create(named(name))).Events()).To(HaveLen(1))
	},
		Entry("of one character", "a"), Entry("of digits", "42"), Entry("with an underscore in front", "_a"),
		Entry("with dots and dashes inside", "a.b-c"), Entry("of 50 characters", strings.Repeat("a", 50)),
	)
	DescribeTable("refuses the name", func(name string) {
		Expect(scenario.Given().When(create(named(name))).ThenError(kernel.CodeInvalid).Field).To(Equal("username"))
	},
		Entry("of nothing", ""), Entry("with a capital", "Ada"), Entry("with a space", "a b"), Entry("with a dot in front", ".a"),
		Entry("with a dash at the end", "a-"), Entry("of 51 characters", strings.Repeat("a", 51)), Entry("with a zero byte", "a\x00"),
		Entry("with a line end", "ada\n"), Entry("beyond ASCII", "adä"),
	)
	DescribeTable("accepts the address", func(address string) {
		Expect(scenario.Given().When(create(mailed(address))).Events()).To(HaveLen(1))
	},
		Entry("with a tag", "ada+film@example.org"), Entry("in another script", "ада@пример.рф"),
		Entry("of 400 bytes", strings.Repeat("a", 388)+"@example.org"),
	)
	DescribeTable("refuses the address", func(address string) {
		Expect(scenario.Given().When(create(mailed(address))).ThenError(kernel.CodeInvalid).Field).To(Equal("email"))
	},
		Entry("of nothing", ""), Entry("without @", "ada"), Entry("without a name", "@example.org"), Entry("without a host", "ada@"),
		Entry("of 401 bytes", strings.Repeat("a", 389)+"@example.org"), Entry("with a space", "ada @example.org"),
		Entry("with a line end", "ada@example.org\n"), Entry("with a zero byte", "ada\x00@example.org"), Entry("that is no UTF-8", "\xff@example.org"),
	)
	DescribeTable("refuses the role", func(role user.Role) {
		scenario.Given().When(create(func(c *user.Create) { c.Role = role })).ThenError(kernel.CodeInvalid)
	}, Entry("below all", user.Role(-1)), Entry("above all", user.Role(3)))
	DescribeTable("refuses a quota that is negative and not -1", func(change func(*user.Create)) {
		scenario.Given().When(create(change)).ThenError(kernel.CodeInvalid)
	},
		Entry("in all", func(c *user.Create) { c.Quota = -2 }), Entry("of the day", func(c *user.Create) { c.QuotaDaily = -2 }),
	)
})

var _ = Describe("Changing a password", func() {
	It("records where the new hash is", func() {
		after := scenario.Given(created).When(user.ChangePassword{PasswordRef: "new"}).Then(user.PasswordChanged{PasswordRef: "new"})
		Expect(after.State().PasswordRef).To(Equal("new"))
	})
	It("is refused for nobody", func() {
		scenario.Given().When(user.ChangePassword{PasswordRef: "new"}).ThenError(kernel.CodeNotFound)
	})
})

var _ = Describe("Giving a person the token of their feeds", func() {
	given := user.FeedTokenGiven{FeedTokenRef: "first"}

	It("records where the first is", func() {
		after := scenario.Given(created).When(user.GiveFeedToken{Ref: "first"}).Then(given)
		Expect(after.State().FeedTokenRef).To(Equal("first"))
	})
	It("leaves the one there is", func() {
		scenario.Given(created, given).When(user.GiveFeedToken{Ref: "second"}).ThenNothing()
	})
	It("replaces it where that is asked for", func() {
		scenario.Given(created, given).When(user.GiveFeedToken{Ref: "second", Anew: true}).Then(user.FeedTokenGiven{FeedTokenRef: "second"})
	})
	It("is refused for nobody", func() {
		scenario.Given().When(user.GiveFeedToken{Ref: "first"}).ThenError(kernel.CodeNotFound)
	})
})

var _ = Describe("Administering a person", func() {
	number := func(n int64) *int64 { return &n }
	role := func(r user.Role) *user.Role { return &r }
	text := func(s string) *string { return &s }
	yes, no := true, false
	root := created
	root.Username, root.Role = "root", user.Administrator

	It("records an event per kind of change", func() {
		flags := user.BypassVideoAutoBlacklist
		after := scenario.Given(created).When(user.Administer{
			Email: text("a@example.org"), EmailVerified: &yes, Quota: number(7), Role: role(user.Moderator), Flags: &flags, AuthPlugin: text("ldap"),
		}).Then(
			user.EmailChanged{UserID: id, Email: "a@example.org", Verified: &yes}, user.QuotaChanged{UserID: id, Quota: 7, QuotaDaily: -1},
			user.RoleChanged{UserID: id, Role: user.Moderator}, user.AdminFlagsChanged{UserID: id, Flags: flags},
			user.AuthPluginChanged{UserID: id, AuthPlugin: text("ldap")},
		)
		Expect(after.State()).To(And(HaveField("Role", user.Moderator), HaveField("Quota", int64(7)), HaveField("Email", kernel.Personal("a@example.org"))))
	})
	It("records nothing where all is so already", func() {
		scenario.Given(created).When(user.Administer{
			Email: text("ada@example.org"), Quota: number(1000), Role: role(user.Ordinary), AuthPlugin: text(""),
		}).ThenNothing()
	})
	It("keeps what is known of the address while it stays", func() {
		scenario.Given(created).When(user.Administer{EmailVerified: &no}).Then(user.EmailVerificationChanged{UserID: id, Verified: &no})
	})
	It("seals another address with the person's own key", func() {
		Expect(user.EmailChanged{UserID: id}.PersonalSubject()).To(Equal(created.PersonalSubject()))
	})
	It("leaves root's role", func() {
		scenario.Given(root).When(user.Administer{Role: role(user.Ordinary)}).ThenError(kernel.CodeInvalid)
		scenario.Given(root).When(user.Administer{Role: role(user.Administrator)}).ThenNothing()
	})
	DescribeTable("refuses", func(verb user.Administer, field string) {
		Expect(scenario.Given(created).When(verb).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
	},
		Entry("a bad address", user.Administer{Email: text("nobody")}, "email"),
		Entry("a bad quota", user.Administer{Quota: number(-2)}, "videoQuota"),
		Entry("a bad daily quota", user.Administer{QuotaDaily: number(-7)}, "videoQuotaDaily"),
		Entry("a role that is none", user.Administer{Role: role(9)}, "role"),
		Entry("flags that are none", user.Administer{Flags: func() *user.AdminFlags { f := user.AdminFlags(8); return &f }()}, "adminFlags"),
	)
	It("is refused for nobody", func() {
		scenario.Given().When(user.Administer{}).ThenError(kernel.CodeNotFound)
	})
})

var _ = Describe("Choosing settings", func() {
	It("records all of them", func() {
		wanted := settings
		wanted.AutoPlayVideo, wanted.VideoLanguages = true, []string{"fr"}
		changed := user.SettingsChanged{UserID: id, Settings: wanted}
		scenario.Given(created).When(user.ChangeSettings{Settings: wanted}).Then(changed)
		scenario.Given(created, changed).When(user.ChangeSettings{Settings: wanted}).ThenNothing()
	})
	DescribeTable("refuses", func(change func(*user.Settings), field string) {
		wrong := settings
		change(&wrong)
		Expect(scenario.Given(created).When(user.ChangeSettings{Settings: wrong}).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
	},
		Entry("an unknown policy", func(s *user.Settings) { s.NSFWPolicy = "hide" }, "nsfwPolicy"),
		Entry("a thousand languages", func(s *user.Settings) { s.VideoLanguages = make([]string, 1000) }, "videoLanguages"),
		Entry("negative flags", func(s *user.Settings) { s.NSFWFlagsHidden = -1 }, "nsfwFlagsDisplayed"),
	)
})

var _ = Describe("Blocking a person", func() {
	reason := "spam and worse"
	root := created
	root.Username = "root"

	It("is recorded with its reason, and taken back", func() {
		blocked := user.Blocked{UserID: id, Reason: &reason}
		Expect(scenario.Given(created).When(user.Block{Reason: &reason}).Then(blocked).State().Blocked).To(BeTrue())
		Expect(scenario.Given(created, blocked).When(user.Unblock{}).Then(user.Unblocked{UserID: id}).State().Blocked).To(BeFalse())
		scenario.Given(created).When(user.Unblock{}).ThenNothing()
	})
	DescribeTable("refuses a reason", func(reason string) {
		Expect(scenario.Given(created).When(user.Block{Reason: &reason}).ThenError(kernel.CodeInvalid).Field).To(Equal("reason"))
	}, Entry("of two characters", "no"), Entry("of 251", strings.Repeat("é", 251)))
	It("is refused for root and for nobody", func() {
		scenario.Given(root).When(user.Block{}).ThenError(kernel.CodeInvalid)
		scenario.Given(root).When(user.Unblock{}).ThenError(kernel.CodeInvalid)
		scenario.Given().When(user.Block{}).ThenError(kernel.CodeNotFound)
	})
})

var _ = Describe("Deleting a person", func() {
	root := created
	root.Username = "root"
	deleted := user.Deleted{UserID: id, AccountID: account}

	It("leaves nobody", func() {
		after := scenario.Given(created).When(user.Delete{}).Then(deleted)
		Expect(after.State()).To(Equal(user.User{Deleted: true, ID: id, Username: "ada", AccountID: account}))
		scenario.Given(created, deleted).When(user.Delete{}).ThenError(kernel.CodeNotFound)
		scenario.Given(created, deleted).When(user.ChangePassword{PasswordRef: "new"}).ThenError(kernel.CodeNotFound)
		scenario.Given(created, deleted).When(create()).ThenError(kernel.CodeConflict)
	})
	It("is followed by the erasure, once", func() {
		erased := user.Erased{UserID: id}
		Expect(scenario.Given(created, deleted).When(user.Erase{}).Then(erased).State().Erased).To(BeTrue())
		scenario.Given(created, deleted, erased).When(user.Erase{}).ThenNothing()
		scenario.Given(created).When(user.Erase{}).ThenError(kernel.CodeConflict)
	})
	It("is refused for root", func() { scenario.Given(root).When(user.Delete{}).ThenError(kernel.CodeInvalid) })
})

var _ = Describe("Roles", func() {
	It("give an administrator every right and an ordinary user none", func() {
		for right := user.RightAll; right <= user.RightManageAutoTags; right++ {
			Expect(user.Administrator.Has(right)).To(BeTrue())
			Expect(user.Ordinary.Has(right)).To(BeFalse())
			Expect(user.Role(9).Has(right)).To(BeFalse())
		}
	})
	DescribeTable("give a moderator", func(right user.Right, has bool) {
		Expect(user.Moderator.Has(right)).To(Equal(has))
	},
		Entry("users", user.RightManageUsers, true), Entry("any video", user.RightRemoveAnyVideo, true),
		Entry("any channel", user.RightManageAnyChannel, true), Entry("no jobs", user.RightManageJobs, false),
		Entry("no configuration", user.RightManageConfiguration, false), Entry("not everything", user.RightAll, false),
	)
	DescribeTable("have PeerTube's labels", func(role user.Role, label string, known bool) {
		Expect(role.Label()).To(Equal(label))
		Expect(role.IsKnown()).To(Equal(known))
	},
		Entry("0", user.Role(0), "Administrator", true), Entry("1", user.Role(1), "Moderator", true),
		Entry("2", user.Role(2), "User", true), Entry("3", user.Role(3), "Unknown", false),
	)
})
