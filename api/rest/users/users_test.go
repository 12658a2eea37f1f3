package users_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/users"
	"vidilog/commands"
	commandsaccount "vidilog/commands/account"
	"vidilog/commands/commandstest"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/config"
	"vidilog/internal/embedded/testpg"
	"vidilog/internal/ops/tokens"
	"vidilog/internal/passwords"
)

var _ = Describe("People", Ordered, ContinueOnFailure, func() {
	var (
		w                         *apitest.World
		boss, moderator, ada, bob commandstest.Person
		sessions                  *tokens.Store
		c                         *config.Config
		administration, mine      http.Handler
	)
	BeforeAll(func(ctx SpecContext) {
		w = apitest.New(ctx)
		w.Pass(time.Since(commandstest.Noon)) // what is stored today is told by the real clock
		hash, err := passwords.Hash(password)
		Expect(err).NotTo(HaveOccurred())
		person := func(name string, role user.Role) commandstest.Person {
			return w.Person(name, role, func(c *commandsuser.Create) { c.PasswordHash = hash })
		}
		boss, moderator = person("boss", user.Administrator), person("moderator", user.Moderator)
		ada, bob = person("ada", user.Ordinary), person("bob", user.Ordinary)
		sessions = tokens.New(testpg.Operational(GinkgoT()), tokens.Lifetimes{Access: time.Hour, Refresh: time.Hour})
		api := &users.API{
			Site: apitest.Site, Catalog: w.Catalog, Videos: w.Videos(), Commands: commandsuser.New(w.Bus), Accounts: commandsaccount.New(w.Bus),
			Sessions: sessions, Writes: w.Writes(), Config: func() *config.Config { return c },
			DrawKeys: func() (commandsuser.KeyPair, error) {
				return commandsuser.KeyPair{PublicPEM: "public", PrivatePEM: []byte("private")}, nil
			},
			HasTheme: func(_ context.Context, name string) (bool, error) { return name == "red", nil },
		}
		administration, mine = api.Administration(), api.Mine()
		w.Settle(ctx)
	})
	BeforeEach(func() {
		var err error
		c, _, err = config.Load(config.Sources{Lookup: func(string) (string, bool) { return "", false }})
		Expect(err).NotTo(HaveOccurred())
		c.Signup.Enabled, c.Signup.RequiresApproval, c.Signup.Limit = true, false, -1
	})
	ask := func(as commands.Caller, method, path, body string) apitest.Answer {
		return apitest.Ask(administration, as, method, "/api/v1/users"+path, body)
	}
	me := func(as commands.Caller, method, path, body string) apitest.Answer {
		return apitest.Ask(mine, as, method, "/api/v1/users/me"+path, body)
	}
	number := func(p commandstest.Person) string { return strconv.FormatInt(p.UserInteger, 10) }
	body := func(name string, role user.Role) string {
		return fmt.Sprintf(`{"username":%q,"password":%q,"email":"%s@example.org","role":%d,"videoQuota":-1,"videoQuotaDaily":-1}`, name, password, name, role)
	}
	create := func(name string) string {
		GinkgoHelper()
		var made struct{ User struct{ ID int64 } }
		ask(boss.Caller, http.MethodPost, "", body(name, user.Ordinary)).JSON(&made)
		return strconv.FormatInt(made.User.ID, 10)
	}
	names := func(query string) (list []string, total int) {
		GinkgoHelper()
		var answer struct {
			Total int
			Data  []struct{ Username string }
		}
		ask(boss.Caller, http.MethodGet, query, "").JSON(&answer)
		for _, u := range answer.Data {
			list = append(list, u.Username)
		}
		return list, answer.Total
	}

	Describe("for administrators", func() {
		DescribeTable("are administered by those with the right", func(method, path, text string) {
			path = strings.ReplaceAll(path, "{ada}", number(ada))
			Expect(ask(commands.Anonymous(), method, path, text).Status).To(Equal(http.StatusUnauthorized))
			Expect(ask(bob.Caller, method, path, text).Status).To(Equal(http.StatusForbidden))
		},
			Entry("listed", http.MethodGet, "", ""), Entry("made", http.MethodPost, "", `{}`), Entry("shown", http.MethodGet, "/{ada}", ""),
			Entry("changed", http.MethodPut, "/{ada}", `{}`), Entry("removed", http.MethodDelete, "/{ada}", ""),
			Entry("blocked", http.MethodPost, "/{ada}/block", `{}`), Entry("unblocked", http.MethodPost, "/{ada}/unblock", ""))
		It("are listed in order, in pages, by role and by name", func() {
			for query, expected := range map[string][]string{
				"?sort=username&role=2": {"ada", "bob"}, "?sort=-username&role=2": {"bob", "ada"}, "?sort=id&count=2": {"boss", "moderator"}, "?search=bo&sort=username": {"bob", "boss"},
				"?search=ada@example": {"ada"}, "?blocked=true": nil, "?role=1": {"moderator"}, "?sort=createdAt&start=3": {"bob"}, "?sort=role&count=1": {"boss"},
			} {
				list, _ := names(query)
				Expect(list).To(Equal(expected), query)
			}
			_, total := names("?count=0")
			Expect(total).To(Equal(4))
			Expect(ask(boss.Caller, http.MethodGet, "?sort=password&count=-1", "").InvalidParams()).To(ConsistOf("sort", "count"))
		})
		It("show no hash and no secret", func() {
			a := ask(boss.Caller, http.MethodGet, "", "")
			Expect(a.Body).NotTo(Or(ContainSubstring("assword\":"), ContainSubstring("$2"), ContainSubstring("private")))
			Expect(a.Body).To(ContainSubstring(`"notificationSettings":{`))
		})
		It("are listed by when they came last", func(ctx SpecContext) {
			for _, p := range []commandstest.Person{bob, ada} {
				_, err := sessions.Issue(ctx, p.UserID.UUID)
				Expect(err).NotTo(HaveOccurred())
			}
			list, _ := names("?sort=-lastLoginDate&count=2")
			Expect(list).To(Equal([]string{"ada", "bob"}))
		})
		It("are told with what they have stored, and counted where that is asked for", func(ctx SpecContext) {
			w.Show(ctx, ada, video.Private)
			var answer map[string]any
			ask(moderator.Caller, http.MethodGet, "/"+number(ada)+"?withStats=true", "").JSON(&answer)
			Expect(answer).To(And(HaveKeyWithValue("videoQuotaUsed", 1000.0), HaveKeyWithValue("videoQuotaUsedDaily", 1000.0), HaveKeyWithValue("videosCount", 1.0)))
			Expect(ask(moderator.Caller, http.MethodGet, "/"+number(ada), "").Body).NotTo(Or(ContainSubstring("videosCount"), ContainSubstring("abuses")))
			Expect(ask(boss.Caller, http.MethodGet, "/999999", "").Status).To(Equal(http.StatusNotFound))
			Expect(ask(boss.Caller, http.MethodGet, "/ada", "").InvalidParams()).To(Equal([]string{"id"}))
		})
		It("are told how often they were reported, rightly so, and reported others", func(ctx SpecContext) {
			id := kernel.AbuseID{UUID: uuid.New()}
			w.Given(ctx, id.Stream(), abuse.Reported{
				AbuseID: id, IntegerID: 1, ReporterID: ada.UserID, ReporterAccountID: ada.AccountID, FlaggedAccountID: bob.AccountID, Reason: "r",
			}, abuse.StateSet{AbuseID: id, State: abuse.Accepted, Was: abuse.Pending})
			counts := func(p commandstest.Person) []any {
				var answer map[string]any
				ask(moderator.Caller, http.MethodGet, "/"+number(p)+"?withStats=true", "").JSON(&answer)
				return []any{answer["abusesCount"], answer["abusesAcceptedCount"], answer["abusesCreatedCount"]}
			}
			Expect(counts(bob)).To(Equal([]any{1.0, 1.0, 0.0}))
			Expect(counts(ada)).To(Equal([]any{0.0, 0.0, 1.0}))
		})
		It("are made with a channel", func() {
			var made struct {
				User struct {
					ID      int64
					Account struct{ ID int64 }
				}
			}
			ask(boss.Caller, http.MethodPost, "", strings.Replace(body("carol", user.Ordinary), "{", `{"channelName":"carols","adminFlags":1,`, 1)).JSON(&made)
			var answer struct {
				AdminFlags    int
				VideoChannels []struct{ Name string }
			}
			ask(boss.Caller, http.MethodGet, fmt.Sprintf("/%d", made.User.ID), "").JSON(&answer)
			Expect(answer.AdminFlags).To(Equal(1))
			Expect(answer.VideoChannels[0].Name).To(Equal("carols"))
			Expect(ask(boss.Caller, http.MethodDelete, fmt.Sprintf("/%d", made.User.ID), "").Status).To(Equal(http.StatusNoContent))
			Expect(ask(boss.Caller, http.MethodGet, fmt.Sprintf("/%d", made.User.ID), "").Status).To(Equal(http.StatusNotFound))
		})
		DescribeTable("are not made", func(change func(string) string, status int) {
			Expect(ask(boss.Caller, http.MethodPost, "", change(body("dora", user.Ordinary))).Problem()).To(HaveKeyWithValue("status", float64(status)))
		},
			Entry("without a role", without(`,"role":2`), 400), Entry("with a role there is not", replace(`"role":2`, `"role":9`), 400),
			Entry("with a name in capitals", replace(`"dora"`, `"Dora"`), 400), Entry("with a name that is taken", replace(`"dora"`, `"ada"`), 409),
			Entry("with an address that is taken", replace(`dora@`, `ada@`), 409), Entry("with no address", replace(`dora@example.org`, `dora`), 400),
			Entry("with a short password", replace(password, "short"), 400), Entry("with an empty one where no mail can be sent", replace(password, ""), 400),
			Entry("with a quota in words", replace(`"videoQuota":-1`, `"videoQuota":"all"`), 400), Entry("with a quota below none", replace(`"videoQuota":-1`, `"videoQuota":-2`), 400),
			Entry("with the channel of another", replace(`{`, `{"channelName":"ada_channel",`), 409), Entry("with the channel named as themselves", replace(`{`, `{"channelName":"dora",`), 400))
		It("say nothing of a password that is refused", func() {
			a := ask(boss.Caller, http.MethodPost, "", strings.Replace(body("dora", user.Ordinary), password, "abc1!", 1))
			Expect(a.Body).NotTo(ContainSubstring("abc1!"))
		})
		It("are administered by moderators unless they stand as high", func() {
			Expect(ask(moderator.Caller, http.MethodPost, "", body("eve", user.Administrator)).Status).To(Equal(http.StatusForbidden))
			Expect(ask(moderator.Caller, http.MethodPut, "/"+number(boss), `{"videoQuota":5}`).Status).To(Equal(http.StatusForbidden))
			Expect(ask(moderator.Caller, http.MethodPost, "/"+number(boss)+"/block", `{}`).Status).To(Equal(http.StatusForbidden))
			Expect(ask(moderator.Caller, http.MethodDelete, "/"+number(boss), "").Status).To(Equal(http.StatusForbidden))
			Expect(ask(moderator.Caller, http.MethodPut, "/"+number(ada), `{"videoQuota":5000}`).Status).To(Equal(http.StatusNoContent))
		})
		It("are blocked with a reason, which ends their sessions, until they are let in again", func(ctx SpecContext) {
			pair, err := sessions.Issue(ctx, bob.UserID.UUID)
			Expect(err).NotTo(HaveOccurred())
			Expect(ask(moderator.Caller, http.MethodPost, "/"+number(bob)+"/block", `{"reason":"ab"}`).Status).To(Equal(http.StatusBadRequest))
			Expect(ask(moderator.Caller, http.MethodPost, "/"+number(bob)+"/block", `{"reason":"no reason"}`).Status).To(Equal(http.StatusNoContent))
			_, err = sessions.Check(ctx, pair.Access)
			Expect(err).To(MatchError(tokens.ErrUnknown))
			list, _ := names("?blocked=true")
			Expect(list).To(Equal([]string{"bob"}))
			Expect(ask(moderator.Caller, http.MethodPost, "/"+number(bob)+"/unblock", "").Status).To(Equal(http.StatusNoContent))
			list, _ = names("?blocked=true")
			Expect(list).To(BeEmpty())
		})
		It("lose their sessions when an administrator changes their password or role", func(ctx SpecContext) {
			for _, change := range []string{`{"password":"` + password + `"}`, `{"role":1}`} {
				pair, err := sessions.Issue(ctx, bob.UserID.UUID)
				Expect(err).NotTo(HaveOccurred())
				Expect(ask(boss.Caller, http.MethodPut, "/"+number(bob), change).Status).To(Equal(http.StatusNoContent))
				_, err = sessions.Check(ctx, pair.Access)
				Expect(err).To(MatchError(tokens.ErrUnknown), change)
			}
			Expect(ask(boss.Caller, http.MethodPut, "/"+number(bob), `{"role":2}`).Status).To(Equal(http.StatusNoContent))
		})
		It("find their names completed by anybody", func() {
			Expect(ask(commands.Anonymous(), http.MethodGet, "/autocomplete?search=bo", "").Body).To(MatchJSON(`["bob","boss"]`))
			Expect(ask(commands.Anonymous(), http.MethodGet, "/autocomplete?search=%20", "").InvalidParams()).To(Equal([]string{"search"}))
		})
	})

	Describe("who come by themselves", func() {
		register := func(text string) apitest.Answer { return ask(commands.Anonymous(), http.MethodPost, "/register", text) }
		It("are there at once, with the channel they want", func() {
			a := register(`{"username":"fay","password":"` + password + `","email":"fay@example.org","displayName":"Fay","channel":{"name":"fays","displayName":"Fay's"}}`)
			Expect([]any{a.Status, a.Body}).To(Equal([]any{http.StatusNoContent, ""}))
			list, _ := names("?search=fay")
			Expect(list).To(Equal([]string{"fay"}))
		})
		DescribeTable("are refused", func(text string, status int, named ...string) {
			a := register(text)
			Expect(a.Problem()).To(HaveKeyWithValue("status", float64(status)))
			if len(named) > 0 {
				Expect(a.InvalidParams()).To(ContainElements(named))
			}
		},
			Entry("without a password", `{"username":"gil","email":"gil@example.org"}`, 400, "password"),
			Entry("with an empty name to show", `{"username":"gil","password":"`+password+`","email":"gil@example.org","displayName":" "}`, 400, "displayName"),
			Entry("for everything at once", `{"username":"G!","email":"gil","displayName":" ","channel":{"name":"X","displayName":"`+strings.Repeat("x", 121)+`"}}`, 400,
				"username", "email", "password", "displayName", "channel.name", "channel.displayName"),
			Entry("with half a channel", `{"username":"gil","password":"`+password+`","email":"gil@example.org","channel":{"displayName":"x"}}`, 400, "channel.name"),
			Entry("with another half", `{"username":"gil","password":"`+password+`","email":"gil@example.org","channel":{"name":"x"}}`, 400, "channel.displayName"),
			Entry("with a name that is taken", `{"username":"ada","password":"`+password+`","email":"gil@example.org"}`, 409),
			Entry("with an address that is taken", `{"username":"gil","password":"`+password+`","email":"ada@example.org"}`, 409))
		DescribeTable("are refused where", func(shut func()) {
			shut()
			Expect(register(body("hal", user.Ordinary)).Status).To(Equal(http.StatusForbidden))
		},
			Entry("nobody may come", func() { c.Signup.Enabled = false }), Entry("they must be approved", func() { c.Signup.RequiresApproval = true }),
			Entry("as many have come as may", func() { c.Signup.Limit = 1 }), Entry("their network is not welcome", func() { c.Signup.Filters.CIDR.Blacklist = []string{"192.0.2.0/24"} }),
			Entry("another network is", func() { c.Signup.Filters.CIDR.Whitelist = []string{"10.0.0.0/8"} }))
		It("gain no rights by saying so", func() {
			Expect(register(strings.Replace(body("ivy", user.Administrator), "{", `{"adminFlags":1,`, 1)).Status).To(Equal(http.StatusNoContent))
			list, _ := names("?role=0")
			Expect(list).To(Equal([]string{"boss"}))
		})
	})

	Describe("themselves", func() {
		It("are nobody without a session", func() {
			for _, route := range []string{"GET ", "PUT ", "DELETE ", "GET /videos", "GET /video-quota-used", "POST /avatar/pick", "DELETE /avatar"} {
				method, path, _ := strings.Cut(route, " ")
				Expect(me(commands.Anonymous(), method, path, "").Problem()).To(HaveKeyWithValue("code", "unauthorized_request"), route)
			}
		})
		It("see who they are, what they have stored and their videos of every privacy", func(ctx SpecContext) {
			w.Show(ctx, bob, video.Private)
			var answer map[string]any
			me(bob.Caller, http.MethodGet, "", "").JSON(&answer)
			Expect(answer).To(And(HaveKeyWithValue("username", "bob"), HaveKeyWithValue("specialPlaylists", HaveLen(1)), HaveKeyWithValue("videoChannels", HaveLen(1))))
			Expect(me(bob.Caller, http.MethodGet, "/video-quota-used", "").Body).To(MatchJSON(`{"videoQuotaUsed":1000,"videoQuotaUsedDaily":1000}`))
			var list struct{ Total int }
			for query, total := range map[string]int{"": 1, "?privacyOneOf=1": 0, "?privacyOneOf=3": 1, "?search=none": 0, "?channelId=" + strconv.FormatInt(channelOf(ctx, w, "bob"), 10): 1} {
				me(bob.Caller, http.MethodGet, "/videos"+query, "").JSON(&list)
				Expect(list.Total).To(Equal(total), query)
			}
			Expect(me(bob.Caller, http.MethodGet, "/videos?channelId=999999", "").Status).To(Equal(http.StatusNotFound))
			Expect(me(bob.Caller, http.MethodGet, "/videos?sort=none", "").InvalidParams()).To(Equal([]string{"sort"}))
		})
		It("have one token for their feeds until they want another, and nobody has the same", func() {
			feedToken := func(as commands.Caller, method string) string {
				GinkgoHelper()
				var answer struct{ FeedToken string }
				ask(as, method, "/scoped-tokens", "").JSON(&answer)
				Expect(answer.FeedToken).To(MatchRegexp(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$`))
				return answer.FeedToken
			}
			Expect(ask(commands.Anonymous(), http.MethodGet, "/scoped-tokens", "").Status).To(Equal(http.StatusUnauthorized))
			Expect(ask(commands.Anonymous(), http.MethodPost, "/scoped-tokens", "").Status).To(Equal(http.StatusUnauthorized))
			first := feedToken(ada.Caller, http.MethodGet)
			Expect(feedToken(ada.Caller, http.MethodGet)).To(Equal(first))
			Expect(feedToken(bob.Caller, http.MethodGet)).NotTo(Equal(first))
			second := feedToken(ada.Caller, http.MethodPost)
			Expect(second).NotTo(Equal(first))
			Expect(feedToken(ada.Caller, http.MethodGet)).To(Equal(second))
		})
		It("change what they like", func() {
			Expect(me(bob.Caller, http.MethodPut, "", `{"displayName":"Bob","description":"hello","nsfwPolicy":"blur","theme":"red","videoLanguages":["fr"],"autoPlayVideo":false,"unknown":1}`).Status).
				To(Equal(http.StatusNoContent))
			var answer map[string]any
			me(bob.Caller, http.MethodGet, "", "").JSON(&answer)
			Expect(answer).To(And(HaveKeyWithValue("nsfwPolicy", "blur"), HaveKeyWithValue("theme", "red"), HaveKeyWithValue("videoLanguages", Equal([]any{"fr"})),
				HaveKeyWithValue("autoPlayVideo", false), HaveKeyWithValue("account", And(HaveKeyWithValue("displayName", "Bob"), HaveKeyWithValue("description", "hello")))))
		})
		DescribeTable("are not changed by", func(text string, status int) {
			Expect(me(bob.Caller, http.MethodPut, "", text).Problem()).To(HaveKeyWithValue("status", float64(status)))
		},
			Entry("an unknown policy", `{"nsfwPolicy":"hide"}`, 400), Entry("a theme there is not", `{"theme":"green"}`, 400), Entry("languages that are no list", `{"videoLanguages":"fr"}`, 400),
			Entry("a switch in words", `{"autoPlayVideo":"often"}`, 400), Entry("too long a name", `{"displayName":"`+strings.Repeat("x", 121)+`"}`, 400),
			Entry("a new password alone", `{"password":"another password"}`, 400), Entry("a new password with a wrong present one", `{"password":"another password","currentPassword":"wrong"}`, 401),
			Entry("a new address alone", `{"email":"new@example.org"}`, 400), Entry("a short new password", `{"password":"abc","currentPassword":"`+password+`"}`, 400),
			Entry("half a body", `{"displayName":`, 400))
		It("keep the session they change their password in, and no other", func(ctx SpecContext) {
			other, err := sessions.Issue(ctx, ada.UserID.UUID)
			Expect(err).NotTo(HaveOccurred())
			Expect(me(ada.Caller, http.MethodPut, "", `{"password":"another password","currentPassword":"`+password+`"}`).Status).To(Equal(http.StatusNoContent))
			_, err = sessions.Check(ctx, other.Access)
			Expect(err).To(MatchError(tokens.ErrUnknown))
			Expect(me(ada.Caller, http.MethodPut, "", `{"password":"yet another","currentPassword":"`+password+`"}`).Problem()).To(HaveKeyWithValue("code", "current_password_is_invalid"))
		})
		It("may go, root excepted", func(ctx SpecContext) {
			id := create("jo")
			n, err := strconv.ParseInt(id, 10, 64)
			Expect(err).NotTo(HaveOccurred())
			jo, err := w.Catalog.UserByNumber(ctx, n)
			Expect(err).NotTo(HaveOccurred())
			Expect(me(commands.ForUser(jo.ID, user.Ordinary), http.MethodDelete, "", "").Status).To(Equal(http.StatusNoContent))
			Expect(ask(boss.Caller, http.MethodGet, "/"+id, "").Status).To(Equal(http.StatusNotFound))
			root := w.Person("root", user.Administrator)
			w.Settle(ctx)
			Expect(me(root.Caller, http.MethodDelete, "", "").Status).To(Equal(http.StatusBadRequest))
			Expect(ask(boss.Caller, http.MethodDelete, "/"+number(root), "").Status).To(Equal(http.StatusBadRequest))
		})
	})
})
