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
	Role: user.Ordinary, PasswordRef: "user/1/password", Quota: 1000, QuotaDaily: -1,
}

func named(name string) func(*user.Create)     { return func(c *user.Create) { c.Username = name } }
func mailed(address string) func(*user.Create) { return func(c *user.Create) { c.Email = address } }

var _ = Describe("Creating a user", func() {
	It("records everything that was drawn for them", func() {
		after := scenario.Given().When(create()).Then(created)
		Expect(after.State()).To(Equal(user.User{
			Exists: true, ID: id, Username: "ada", Role: user.Ordinary, AccountID: account, PasswordRef: "user/1/password",
			Quota: 1000, QuotaDaily: -1,
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
