package abuses_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/abuses"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsabuse "vidilog/commands/abuse"
	"vidilog/commands/commandstest"
	commandscomment "vidilog/commands/comment"
	commandsuser "vidilog/commands/user"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

type object = map[string]any

// list is a page as clients read it.
type list struct {
	Total int
	Data  []object
}

var _ = Describe("Reports of abuse", Ordered, func() {
	var (
		w                          *apitest.World
		owner, reporter, moderator commandstest.Person
		film, hidden               catalog.Video
		account                    int64
		routes                     = mux.NewRouter()
	)
	BeforeAll(func(ctx SpecContext) {
		w = apitest.New(ctx)
		owner, reporter, moderator = w.Person("owner", user.Ordinary), w.Person("reporter", user.Ordinary), w.Person("moderator", user.Moderator)
		film, hidden = w.Show(ctx, owner, video.Public), w.Show(ctx, owner, video.Private)
		face, err := w.Catalog.Account(ctx, "owner")
		Expect(err).NotTo(HaveOccurred())
		account = face.Number
		api := &abuses.API{Site: apitest.Site, Catalog: w.Catalog, Commands: commandsabuse.New(w.Bus), Writes: w.Writes()}
		routes.PathPrefix("/api/v1/users/me").Handler(api.Mine())
		routes.PathPrefix("/api/v1/abuses").Handler(api.Router())
	})
	ask := func(as commands.Caller, method, path, body string) apitest.Answer {
		return apitest.Ask(routes, as, method, "/api/v1"+path, body)
	}
	report := func(as commands.Caller, body string) apitest.Answer { return ask(as, http.MethodPost, "/abuses", body) }
	reported := func(as commands.Caller, body string) int {
		GinkgoHelper()
		var made struct{ Abuse struct{ ID int } }
		answer := report(as, body)
		Expect(answer.Status).To(Equal(http.StatusOK), answer.Body)
		answer.JSON(&made)
		return made.Abuse.ID
	}
	get := func(as commands.Caller, path string) (page list) {
		GinkgoHelper()
		answer := ask(as, http.MethodGet, path, "")
		Expect(answer.Status).To(Equal(http.StatusOK), answer.Body)
		answer.JSON(&page)
		return page
	}
	single := func(id int) object {
		GinkgoHelper()
		page := get(moderator.Caller, fmt.Sprintf("/abuses?id=%d", id))
		Expect(page.Data).To(HaveLen(1))
		return page.Data[0]
	}
	ofFilm := func(more string) string {
		return fmt.Sprintf(`{"video":{"id":%d%s},"reason":"not nice"}`, film.Number, more)
	}

	It("are shown to moderators with everything about them", func() {
		id := reported(reporter.Caller, fmt.Sprintf(
			`{"video":{"id":%q,"startAt":1,"endAt":5},"reason":"not nice","predefinedReasons":["violentOrRepulsive","captions"]}`,
			shape.ShortUUID(film.ID.UUID)))
		shown := single(id)
		Expect(shown).To(And(HaveKeyWithValue("reason", "not nice"), HaveKeyWithValue("moderationComment", BeNil()),
			HaveKeyWithValue("predefinedReasons", []any{"violentOrRepulsive", "captions"}), HaveKeyWithValue("comment", BeNil()),
			HaveKeyWithValue("state", object{"id": 1.0, "label": "Pending"}), HaveKeyWithValue("countMessages", 0.0),
			HaveKeyWithValue("countReportsForReporter", 1.0), HaveKeyWithValue("countReportsForReportee", 1.0),
			HaveKeyWithValue("reporterAccount", HaveKeyWithValue("name", "reporter")),
			HaveKeyWithValue("flaggedAccount", HaveKeyWithValue("name", "owner"))))
		Expect(shown["video"]).To(And(HaveKeyWithValue("id", float64(film.Number)), HaveKeyWithValue("uuid", film.ID.String()),
			HaveKeyWithValue("startAt", 1.0), HaveKeyWithValue("endAt", 5.0), HaveKeyWithValue("deleted", false),
			HaveKeyWithValue("blacklisted", false), HaveKeyWithValue("countReports", 1.0), HaveKeyWithValue("nthReport", 1.0),
			HaveKeyWithValue("channel", HaveKeyWithValue("name", "owner_channel"))))
	})
	It("are shown to reporters without what is the moderators'", func() {
		reported(reporter.Caller, ofFilm(""))
		reported(owner.Caller, fmt.Sprintf(`{"account":{"id":%d},"reason":"my own"}`, account))
		mine := get(reporter.Caller, "/users/me/abuses")
		Expect(mine.Total).To(Equal(2))
		Expect(mine.Data[0]).To(And(HaveKeyWithValue("reason", "not nice"), HaveKey("countMessages"), Not(HaveKey("moderationComment")),
			Not(HaveKey("reporterAccount")), Not(HaveKey("countReportsForReporter")), Not(HaveKey("countReportsForReportee"))))
		Expect(mine.Data[0]["video"]).To(And(HaveKeyWithValue("startAt", BeNil()), Not(HaveKey("countReports")), Not(HaveKey("nthReport"))))
		own := get(owner.Caller, "/users/me/abuses?search=owner&state=1&sort=createdAt")
		Expect(own.Data).To(HaveExactElements(And(HaveKeyWithValue("reason", "my own"), HaveKeyWithValue("video", BeNil()))))
		Expect(get(owner.Caller, "/users/me/abuses?state=3").Total).To(BeZero())
	})
	It("of several things are about the video", func() {
		shown := single(reported(reporter.Caller, fmt.Sprintf(`{"account":{"id":%d},"video":{"id":%q},"reason":"both"}`, account, film.ID)))
		Expect(shown["video"]).To(HaveKeyWithValue("uuid", film.ID.String()))
	})
	It("of comments show them until they are deleted", func(ctx SpecContext) {
		talk := commandscomment.New(w.Bus)
		said, err := talk.StartThread(ctx, owner.Caller, commandscomment.StartThread{VideoID: film.ID, Text: "silly"})
		Expect(err).NotTo(HaveOccurred())
		number := said.Result.CommentID
		id := reported(reporter.Caller, fmt.Sprintf(`{"comment":{"id":%d},"reason":"not nice"}`, number))
		comment := object{
			"id": float64(number), "threadId": float64(number), "text": "silly", "deleted": false,
			"video": object{"id": float64(film.Number), "name": "A film", "uuid": film.ID.String()},
		}
		Expect(single(id)).To(And(HaveKeyWithValue("comment", comment), HaveKeyWithValue("video", BeNil()),
			HaveKeyWithValue("flaggedAccount", HaveKeyWithValue("name", "owner"))))
		Expect(get(moderator.Caller, "/abuses?filter=comment").Total).To(Equal(1))
		_, err = talk.Delete(ctx, owner.Caller, commandscomment.Delete{VideoID: film.ID, CommentID: number})
		Expect(err).NotTo(HaveOccurred())
		w.Settle(ctx)
		comment["text"], comment["deleted"] = "", true
		Expect(single(id)).To(HaveKeyWithValue("comment", comment))
	})
	It("outlive the video and the reporter", func(ctx SpecContext) {
		leaver, doomed := w.Person("leaver", user.Ordinary), w.Show(ctx, owner, video.Public)
		id := reported(leaver.Caller, fmt.Sprintf(`{"video":{"id":%d},"reason":"last words"}`, doomed.Number))
		_, err := commandsvideo.New(w.Bus).Delete(ctx, owner.Caller, commandsvideo.Delete{VideoID: doomed.ID})
		Expect(err).NotTo(HaveOccurred())
		_, err = commandsuser.New(w.Bus).Delete(ctx, leaver.Caller, commandsuser.Delete{UserID: leaver.UserID})
		Expect(err).NotTo(HaveOccurred())
		w.Settle(ctx)
		shown := single(id)
		Expect(shown["reporterAccount"]).To(BeNil())
		Expect(shown["video"]).To(And(HaveKeyWithValue("deleted", true), HaveKeyWithValue("name", "A film"),
			HaveKeyWithValue("id", float64(doomed.Number)), Not(HaveKey("thumbnailPath")), HaveKeyWithValue("channel", HaveKey("displayName"))))
		Expect(get(moderator.Caller, "/abuses?videoIs=deleted").Data).To(HaveExactElements(HaveKeyWithValue("id", float64(id))))
	})

	DescribeTable("are refused", func(status int, param, body string) {
		body = strings.NewReplacer("FILM", fmt.Sprint(film.Number), "HIDDEN", fmt.Sprint(hidden.Number)).Replace(body)
		answer := report(reporter.Caller, body)
		Expect(answer.Status).To(Equal(status), answer.Body)
		if param != "" {
			Expect(answer.InvalidParams()).To(ContainElement(param))
		}
	},
		Entry("of nothing", 400, "", `{"reason":"not nice"}`),
		Entry("without anything", 400, "reason", `{}`),
		Entry("of a video with a wrong id", 400, "video.id", `{"video":{"id":"a$b"},"reason":"not nice"}`),
		Entry("of a video without an id that is one", 400, "video.id", `{"video":{"id":null},"reason":"not nice"}`),
		Entry("of an unknown video", 404, "", `{"video":{"id":99999},"reason":"not nice"}`),
		Entry("of a private video", 403, "", `{"video":{"id":HIDDEN},"reason":"not nice"}`),
		Entry("of an account with a wrong id", 400, "account.id", `{"account":{"id":"blabla"},"reason":"not nice"}`),
		Entry("of an unknown account", 404, "", `{"account":{"id":99999},"reason":"not nice"}`),
		Entry("of a comment with a wrong id", 400, "comment.id", `{"comment":{"id":"blabla"},"reason":"not nice"}`),
		Entry("of an unknown comment", 404, "", `{"comment":{"id":99999},"reason":"not nice"}`),
		Entry("without a reason", 400, "reason", `{"video":{"id":FILM}}`),
		Entry("for a reason that is too short", 400, "reason", `{"video":{"id":FILM},"reason":"h"}`),
		Entry("for a reason that is too long", 400, "reason", `{"video":{"id":FILM},"reason":"`+strings.Repeat("a", 3001)+`"}`),
		Entry("for a reason that PeerTube does not have", 400, "predefinedReasons",
			`{"video":{"id":FILM},"reason":"not nice","predefinedReasons":["captions","wrong"]}`),
		Entry("for no list of reasons", 400, "predefinedReasons", `{"video":{"id":FILM},"reason":"not nice","predefinedReasons":null}`),
		Entry("from before the beginning", 400, "video.startAt", `{"video":{"id":FILM,"startAt":-1},"reason":"not nice"}`),
		Entry("from a word on", 400, "video.startAt", `{"video":{"id":FILM,"startAt":"one"},"reason":"not nice"}`),
		Entry("to a word", 400, "video.endAt", `{"video":{"id":FILM,"startAt":1,"endAt":"two"},"reason":"not nice"}`),
		Entry("to before its beginning", 400, "video.endAt", `{"video":{"id":FILM,"startAt":5,"endAt":1},"reason":"not nice"}`),
		Entry("to an end without a beginning", 400, "video.endAt", `{"video":{"id":FILM,"endAt":1},"reason":"not nice"}`),
	)
	It("are refused to nobody", func() { Expect(report(commands.Anonymous(), ofFilm("")).Status).To(Equal(http.StatusUnauthorized)) })

	DescribeTable("are listed for no filter that is wrong", func(query, param string) {
		Expect(ask(moderator.Caller, http.MethodGet, "/abuses?"+query, "").InvalidParams()).To(Equal([]string{param}))
	},
		Entry("id", "id=toto", "id"), Entry("filter", "filter=videos", "filter"), Entry("state", "state=toto", "state"),
		Entry("state 0", "state=0", "state"), Entry("videoIs", "videoIs=toto", "videoIs"), Entry("sort", "sort=reason", "sort"),
		Entry("predefinedReason", "predefinedReason=violentOrRepulsives", "predefinedReason"), Entry("start", "start=-1", "start"),
		Entry("count", "count=101", "count"),
	)
	It("are listed by everything that they can be asked for by", func() {
		all := "filter=video&predefinedReason=captions&state=1&search=film&searchReporter=rep&searchReportee=own&searchVideo=film&" +
			"searchVideoChannel=owner&sort=-id&start=0&count=5"
		page := get(moderator.Caller, "/abuses?"+all)
		Expect(page.Total).To(Equal(1))
		Expect(page.Data).To(HaveExactElements(HaveKeyWithValue("predefinedReasons", ContainElement("captions"))))
		Expect(get(moderator.Caller, "/abuses?"+all+"&videoIs=deleted").Data).To(BeEmpty())
	})

	Describe("that are there", func() {
		var id int
		var path string
		BeforeEach(func() {
			id = reported(reporter.Caller, ofFilm(""))
			path = fmt.Sprintf("/abuses/%d", id)
		})
		It("are decided and noted", func() {
			Expect(ask(moderator.Caller, http.MethodPut, path, `{"state":3,"moderationComment":"Valid"}`).Status).To(Equal(http.StatusNoContent))
			Expect(single(id)).To(And(HaveKeyWithValue("state", object{"id": 3.0, "label": "Accepted"}), HaveKeyWithValue("moderationComment", "Valid")))
			Expect(ask(moderator.Caller, http.MethodPut, path, `{}`).Status).To(Equal(http.StatusNoContent))
			Expect(get(reporter.Caller, "/users/me/abuses?state=3").Total).To(Equal(1))
		})
		DescribeTable("are not changed to", func(body, param string) {
			Expect(ask(moderator.Caller, http.MethodPut, path, body).InvalidParams()).To(Equal([]string{param}))
		},
			Entry("an unknown state", `{"state":5}`, "state"), Entry("no state", `{"state":null}`, "state"), Entry("a word", `{"state":"x"}`, "state"),
			Entry("a short note", `{"moderationComment":"b"}`, "moderationComment"), Entry("no note", `{"moderationComment":null}`, "moderationComment"),
			Entry("a long note", `{"moderationComment":"`+strings.Repeat("b", 3001)+`"}`, "moderationComment"),
		)
		It("are deleted", func() {
			Expect(ask(moderator.Caller, http.MethodDelete, path, "").Status).To(Equal(http.StatusNoContent))
			Expect(ask(moderator.Caller, http.MethodDelete, path, "").Status).To(Equal(http.StatusNotFound))
			Expect(ask(moderator.Caller, http.MethodPut, path, `{}`).Status).To(Equal(http.StatusNotFound))
			Expect(ask(reporter.Caller, http.MethodGet, path+"/messages", "").Status).To(Equal(http.StatusNotFound))
			Expect(ask(moderator.Caller, http.MethodDelete, "/abuses/x", "").InvalidParams()).To(Equal([]string{"id"}))
		})
		It("are talked about", func() {
			write := func(as commands.Caller, text string) int {
				GinkgoHelper()
				var made struct{ AbuseMessage struct{ ID int } }
				answer := ask(as, http.MethodPost, path+"/messages", fmt.Sprintf(`{"message":%q}`, text))
				Expect(answer.Status).To(Equal(http.StatusOK), answer.Body)
				answer.JSON(&made)
				return made.AbuseMessage.ID
			}
			first, second := write(reporter.Caller, "why?"), write(moderator.Caller, "soon")
			for _, who := range []commands.Caller{reporter.Caller, moderator.Caller} {
				page := get(who, path+"/messages")
				Expect(page.Total).To(Equal(2))
				Expect(page.Data).To(HaveExactElements(
					And(HaveKeyWithValue("id", float64(first)), HaveKeyWithValue("message", "why?"), HaveKeyWithValue("byModerator", false),
						HaveKeyWithValue("account", And(HaveKeyWithValue("name", "reporter"), Not(HaveKey("description"))))),
					And(HaveKeyWithValue("message", "soon"), HaveKeyWithValue("byModerator", true))))
			}
			Expect(single(id)).To(HaveKeyWithValue("countMessages", 2.0))
			message := func(n int) string { return fmt.Sprintf("%s/messages/%d", path, n) }
			Expect(ask(reporter.Caller, http.MethodDelete, message(second), "").Status).To(Equal(http.StatusForbidden))
			Expect(ask(reporter.Caller, http.MethodDelete, message(first), "").Status).To(Equal(http.StatusNoContent))
			Expect(ask(moderator.Caller, http.MethodDelete, message(first), "").Status).To(Equal(http.StatusNotFound))
			Expect(ask(moderator.Caller, http.MethodDelete, path+"/messages/x", "").InvalidParams()).To(Equal([]string{"messageId"}))
			Expect(get(moderator.Caller, path+"/messages").Total).To(Equal(1))
		})
		It("are talked about by reporter and moderators only", func() {
			body := `{"message":"me too"}`
			for who, status := range map[string]int{"nobody": 401, "owner": 403} {
				as := map[string]commands.Caller{"nobody": commands.Anonymous(), "owner": owner.Caller}[who]
				Expect(ask(as, http.MethodGet, path+"/messages", "").Status).To(Equal(status), who)
				Expect(ask(as, http.MethodPost, path+"/messages", body).Status).To(Equal(status), who)
				Expect(ask(as, http.MethodDelete, path+"/messages/1", "").Status).To(Equal(status), who)
			}
			Expect(ask(reporter.Caller, http.MethodPost, path+"/messages", `{"message":"`+strings.Repeat("a", 3001)+`"}`).InvalidParams()).
				To(Equal([]string{"message"}))
			Expect(ask(reporter.Caller, http.MethodPost, "/abuses/99999/messages", body).Status).To(Equal(http.StatusNotFound))
		})
	})
})
