package comments_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/comments"
	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandscomment "vidilog/commands/comment"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// shown is a comment as clients read it, tree one with those that answer it.
type (
	shown struct {
		ID, ThreadID, VideoID                     int64
		InReplyToCommentID                        *int64
		TotalReplies, TotalRepliesFromVideoAuthor int64
		Text, URL, CreatedAt                      string
		DeletedAt                                 *string
		HeldForReview, IsDeleted                  bool
		Account                                   *struct{ Name string }
	}
	tree struct {
		Comment  shown
		Children []tree
	}
)

var _ = Describe("Comments", Ordered, func() {
	var (
		w                                   *apitest.World
		owner, stranger, other, moderator   commandstest.Person
		public, private, protected, closed  catalog.Video
		reviewed, quiet                     catalog.Video
		routes                              = mux.NewRouter()
		anonymous                           = commands.Anonymous()
		policed                             func(video.CommentsPolicy) func(*commandsvideo.Upload)
		first, answer, furtherAnswer, holds int64
	)
	BeforeAll(func(ctx SpecContext) {
		w = apitest.New(ctx)
		owner, stranger, other = w.Person("owner", user.Ordinary), w.Person("stranger", user.Ordinary), w.Person("other", user.Ordinary)
		moderator = w.Person("moderator", user.Moderator)
		policed = func(p video.CommentsPolicy) func(*commandsvideo.Upload) {
			return func(u *commandsvideo.Upload) { u.Attributes.CommentsPolicy = p }
		}
		public, private = w.Show(ctx, owner, video.Public), w.Show(ctx, owner, video.Private)
		protected = w.Show(ctx, owner, video.PasswordProtected)
		closed = w.Show(ctx, owner, video.Public, policed(video.CommentsDisabled))
		reviewed = w.Show(ctx, owner, video.Public, policed(video.CommentsRequiresApproval))
		quiet = w.Show(ctx, other, video.Public)
		api := &comments.API{
			Site: apitest.Site, Access: w.Guard(), Catalog: w.Catalog, Commands: commandscomment.New(w.Bus), Writes: w.Writes(),
		}
		routes.PathPrefix("/api/v1/videos/comments").Handler(api.Of())
		routes.PathPrefix("/api/v1/users/me").Handler(api.Mine())
		routes.PathPrefix("/api/v1/bulk").Handler(api.Bulk())
		api.Routes(routes)
	})

	get := func(as commands.Caller, path string, headers ...string) apitest.Answer {
		return apitest.Ask(routes, as, http.MethodGet, "/api/v1"+path, "", headers...)
	}
	post := func(as commands.Caller, path, body string, headers ...string) apitest.Answer {
		return apitest.Ask(routes, as, http.MethodPost, "/api/v1"+path, body, headers...)
	}
	threadsOf := func(v catalog.Video) string { return "/videos/" + v.ID.String() + "/comment-threads" }
	one := func(v catalog.Video, number int64) string {
		return "/videos/" + strconv.FormatInt(v.Number, 10) + "/comments/" + strconv.FormatInt(number, 10)
	}
	written := func(a apitest.Answer) shown {
		GinkgoHelper()
		Expect(a.Status).To(Equal(http.StatusOK), a.Body)
		Expect(a.Header.Get("Log-Position")).NotTo(BeEmpty())
		var answer struct{ Comment shown }
		a.JSON(&answer)
		return answer.Comment
	}
	remove := func(as commands.Caller, v catalog.Video, number int64) apitest.Answer {
		return apitest.Ask(routes, as, http.MethodDelete, "/api/v1"+one(v, number), "")
	}
	type threadList struct {
		Total, TotalNotDeletedComments int
		Data                           []shown
	}
	threads := func(as commands.Caller, v catalog.Video, query string) (list threadList) {
		GinkgoHelper()
		a := get(as, threadsOf(v)+query)
		Expect(a.Status).To(Equal(http.StatusOK), a.Body)
		a.JSON(&list)
		return list
	}
	listed := func(as commands.Caller, path string) (numbers []int64, total int) {
		GinkgoHelper()
		a := get(as, path)
		Expect(a.Status).To(Equal(http.StatusOK), a.Body)
		var list struct {
			Total int
			Data  []shown
		}
		a.JSON(&list)
		for _, c := range list.Data {
			numbers = append(numbers, c.ID)
		}
		return numbers, list.Total
	}

	It("are none to begin with", func() {
		Expect(get(anonymous, threadsOf(public)).Body).To(MatchJSON(`{"total":0,"totalNotDeletedComments":0,"data":[]}`))
		numbers, total := listed(owner.Caller, "/users/me/videos/comments")
		Expect(numbers).To(BeEmpty())
		Expect(total).To(BeZero())
	})
	It("begin a thread, in PeerTube's shape", func() {
		made := written(post(stranger.Caller, threadsOf(public), `{"text":"my super **first** comment"}`))
		first = made.ID
		Expect(made).To(And(
			HaveField("Text", "my super **first** comment"), HaveField("ThreadID", made.ID), HaveField("InReplyToCommentID", BeNil()),
			HaveField("VideoID", public.Number), HaveField("Account.Name", "stranger"), HaveField("IsDeleted", false),
			HaveField("HeldForReview", false), HaveField("DeletedAt", BeNil()),
			HaveField("URL", fmt.Sprintf("https://video.example/videos/watch/%s/comments/%d", public.ID, made.ID))))
		a := get(anonymous, threadsOf(public))
		Expect(a.Body).To(ContainSubstring(`"inReplyToCommentId":null`))
		Expect(a.Body).To(ContainSubstring(`"deletedAt":null`))
		list := threads(anonymous, public, "")
		Expect(list.Data).To(HaveExactElements(made))
		Expect(list).To(And(HaveField("Total", 1), HaveField("TotalNotDeletedComments", 1)))
	})
	It("answer one another", func() {
		made := written(post(owner.Caller, one(public, first), `{"text":"null"}`))
		answer = made.ID
		Expect(made).To(And(HaveField("ThreadID", first), HaveField("InReplyToCommentID", HaveValue(Equal(first))), HaveField("Text", "null")))
		furtherAnswer = written(post(stranger.Caller, one(public, answer), `{"text":"third"}`)).ID
		a := get(anonymous, threadsOf(public)+"/"+strconv.FormatInt(first, 10))
		Expect(a.Status).To(Equal(http.StatusOK))
		var whole tree
		a.JSON(&whole)
		Expect(whole.Comment).To(And(HaveField("ID", first), HaveField("TotalReplies", int64(2)), HaveField("TotalRepliesFromVideoAuthor", int64(1))))
		Expect(whole.Children).To(HaveLen(1))
		Expect(whole.Children[0].Comment.ID).To(Equal(answer))
		Expect(whole.Children[0].Children[0].Comment.ID).To(Equal(furtherAnswer))
		Expect(a.Body).To(ContainSubstring(`"children":[]`))
	})
	It("are sorted and paged", func() {
		second := written(post(owner.Caller, threadsOf(public), `{"text":"second thread"}`)).ID
		order := func(query string) (numbers []int64) {
			GinkgoHelper()
			list := threads(anonymous, public, query)
			Expect(list.Total).To(Equal(2))
			for _, c := range list.Data {
				numbers = append(numbers, c.ID)
			}
			return numbers
		}
		Expect(order("")).To(Equal([]int64{second, first}))
		Expect(order("?sort=createdAt")).To(Equal([]int64{first, second}))
		Expect(order("?sort=-totalReplies")).To(Equal([]int64{first, second}))
		Expect(order("?sort=totalReplies")).To(Equal([]int64{second, first}))
		Expect(order("?start=1&count=1")).To(Equal([]int64{first}))
		Expect(order("?count=0")).To(BeEmpty())
	})
	It("are answered once where a request is repeated", func() {
		again := stranger.Caller
		again.CommandID = "the same" // the header Idempotency-Key
		made := written(post(again, threadsOf(public), `{"text":"once"}`))
		before := w.Head()
		Expect(written(post(again, threadsOf(public), `{"text":"once"}`))).To(Equal(made))
		Expect(w.Head()).To(Equal(before))
		Expect(post(again, threadsOf(public), `{"text":"twice"}`).Status).To(Equal(http.StatusConflict))
		Expect(remove(again, public, made.ID).Status).To(Equal(http.StatusNoContent))
	})
	DescribeTable("need a text", func(body string) {
		a := post(stranger.Caller, threadsOf(public), body)
		Expect(a.Status).To(Equal(http.StatusBadRequest))
		Expect(a.InvalidParams()).To(ConsistOf("text"))
		Expect(post(stranger.Caller, one(public, first), body).Status).To(Equal(http.StatusBadRequest))
	},
		Entry("none", `{}`), Entry("of nothing", `{"text":""}`), Entry("that is one", `{"text":{"a":1}}`), Entry("not null", `{"text":null}`),
		Entry("of 10,000 characters at most", `{"text":"`+strings.Repeat("h", 10_001)+`"}`),
	)
	It("are refused where they cannot be", func() {
		status := func(as commands.Caller, path string) int { return post(as, path, `{"text":"x"}`).Status }
		Expect(status(anonymous, threadsOf(public))).To(Equal(401))
		Expect(status(stranger.Caller, threadsOf(private))).To(Equal(403))
		Expect(status(owner.Caller, threadsOf(private))).To(Equal(200))
		Expect(status(stranger.Caller, "/videos/4711/comment-threads")).To(Equal(404))
		Expect(status(stranger.Caller, "/videos/none!/comment-threads")).To(Equal(400))
		refused := post(stranger.Caller, threadsOf(closed), `{"text":"x"}`)
		Expect(refused.Status).To(Equal(409))
		Expect(refused.Problem()).To(HaveKeyWithValue("detail", "Video comments are disabled for this video."))
		Expect(status(anonymous, one(public, first))).To(Equal(401))
		Expect(status(stranger.Caller, one(public, 4711))).To(Equal(404))
		Expect(status(stranger.Caller, "/videos/"+public.ID.String()+"/comments/x")).To(Equal(400))
		foreign := post(stranger.Caller, one(quiet, first), `{"text":"x"}`)
		Expect(foreign.Status).To(Equal(400))
		Expect(foreign.Problem()).To(HaveKeyWithValue("code", "comment_not_associated_to_video"))
	})
	It("of a protected video need its password", func() {
		for _, ask := range []func(headers ...string) apitest.Answer{
			func(h ...string) apitest.Answer { return get(stranger.Caller, threadsOf(protected), h...) },
			func(h ...string) apitest.Answer {
				return post(stranger.Caller, threadsOf(protected), `{"text":"x"}`, h...)
			},
		} {
			Expect(ask().Problem()).To(HaveKeyWithValue("code", "video_requires_password"))
			Expect(ask("X-Peertube-Video-Password", "wrong").Problem()).To(HaveKeyWithValue("code", "incorrect_video_password"))
			Expect(ask("X-Peertube-Video-Password", apitest.Password).Status).To(Equal(200))
		}
		number := threads(owner.Caller, protected, "").Data[0].ID
		thread := threadsOf(protected) + "/" + strconv.FormatInt(number, 10)
		Expect(get(stranger.Caller, thread).Problem()).To(HaveKeyWithValue("code", "video_requires_password"))
		Expect(get(stranger.Caller, thread, "X-Peertube-Video-Password", apitest.Password).Status).To(Equal(200))
		reply := one(protected, number)
		Expect(post(stranger.Caller, reply, `{"text":"x"}`).Status).To(Equal(403))
		Expect(post(stranger.Caller, reply, `{"text":"x"}`, "X-Peertube-Video-Password", apitest.Password).Status).To(Equal(200))
	})
	It("are refused in lists of what is not to be seen", func() {
		Expect(get(anonymous, threadsOf(private)).Status).To(Equal(401))
		Expect(get(stranger.Caller, threadsOf(private)).Status).To(Equal(403))
		Expect(get(anonymous, "/videos/4711/comment-threads").Status).To(Equal(404))
		Expect(get(anonymous, threadsOf(public)+"?sort=text").InvalidParams()).To(ConsistOf("sort"))
		Expect(get(anonymous, threadsOf(public)+"?start=-1&count=101").InvalidParams()).To(ConsistOf("start", "count"))
		Expect(get(anonymous, threadsOf(public)+"/4711").Status).To(Equal(404))
		Expect(get(anonymous, threadsOf(public)+"/x").Status).To(Equal(400))
		notOne := get(anonymous, threadsOf(public)+"/"+strconv.FormatInt(answer, 10))
		Expect(notOne.Problem()).To(And(HaveKeyWithValue("status", 400.0), HaveKeyWithValue("detail", "Video comment is not a thread.")))
		foreign := get(anonymous, threadsOf(quiet)+"/"+strconv.FormatInt(first, 10))
		Expect(foreign.Problem()).To(And(HaveKeyWithValue("status", 400.0), HaveKeyWithValue("code", "comment_not_associated_to_video")))
		Expect(get(owner.Caller, threadsOf(private)+"/"+strconv.FormatInt(threads(owner.Caller, private, "").Data[0].ID, 10)).Status).To(Equal(200))
	})
	It("wait for approval where the author wants it", func() {
		made := written(post(stranger.Caller, threadsOf(reviewed), `{"text":"please"}`))
		holds = made.ID
		Expect(made.HeldForReview).To(BeTrue())
		for as, seen := range map[*commandstest.Person]int{&owner: 1, &stranger: 1, &moderator: 1, &other: 0} {
			Expect(threads(as.Caller, reviewed, "").Total).To(Equal(seen))
		}
		Expect(threads(anonymous, reviewed, "").Total).To(Equal(0))
		thread := threadsOf(reviewed) + "/" + strconv.FormatInt(holds, 10)
		Expect(get(other.Caller, thread).Problem()).To(HaveKeyWithValue("detail", "No comments were found"))
		Expect(get(owner.Caller, thread).Status).To(Equal(200))
		Expect(post(other.Caller, one(reviewed, holds), `{"text":"x"}`).Status).To(Equal(404))

		approve := func(as commands.Caller, v catalog.Video, number int64) int {
			return post(as, one(v, number)+"/approve", "").Status
		}
		Expect(approve(anonymous, reviewed, holds)).To(Equal(401))
		Expect(approve(stranger.Caller, reviewed, holds)).To(Equal(403))
		Expect(approve(owner.Caller, reviewed, 4711)).To(Equal(404))
		Expect(approve(owner.Caller, public, holds)).To(Equal(400))
		Expect(approve(owner.Caller, public, first)).To(Equal(400))
		Expect(approve(owner.Caller, reviewed, holds)).To(Equal(204))
		Expect(threads(anonymous, reviewed, "").Data[0].ID).To(Equal(holds))
	})
	It("are listed for the video's owner and for moderators", func() {
		numbers, total := listed(owner.Caller, "/users/me/videos/comments?count=3")
		Expect(numbers).To(HaveLen(3))
		Expect(numbers[0]).To(Equal(holds), "the latest first")
		Expect(total).To(BeNumerically(">", 3))
		_, all := listed(moderator.Caller, "/videos/comments")
		Expect(all).To(Equal(total))
		numbers, _ = listed(other.Caller, "/users/me/videos/comments")
		Expect(numbers).To(BeEmpty())
		numbers, _ = listed(owner.Caller, "/users/me/videos/comments?isHeldForReview=true")
		Expect(numbers).To(BeEmpty())
		for _, list := range []struct {
			as   commands.Caller
			path string
		}{{owner.Caller, "/users/me/videos/comments"}, {moderator.Caller, "/videos/comments"}} {
			for query, want := range map[string][]int64{
				"search=**first": {first}, "searchAccount=owner&search=null": {answer}, "searchVideo=nothing": nil,
				"autoTagOneOf=external-link": nil, "videoId=" + reviewed.ID.String(): {holds},
				"videoId=" + strconv.FormatInt(reviewed.Number, 10) + "&search=please&sort=createdAt": {holds},
				"videoChannelId=" + strconv.FormatInt(public.Channel.Number, 10) + "&search=third":    {furtherAnswer},
			} {
				numbers, total := listed(list.as, list.path+"?"+query)
				Expect(numbers).To(Equal(want), query)
				Expect(total).To(Equal(len(want)), query)
			}
			for query, status := range map[string]int{
				"videoId=toto": 400, "videoChannelId=toto": 400, "sort=text": 400, "start=-1": 400, "count=101": 400, "videoId=4711": 404,
				"videoChannelId=4711": 404,
			} {
				Expect(get(list.as, list.path+"?"+query).Status).To(Equal(status), query)
			}
		}
		_, none := listed(moderator.Caller, "/videos/comments?isLocal=false")
		Expect(none).To(BeZero())
		_, none = listed(moderator.Caller, "/videos/comments?onLocalVideo=false")
		Expect(none).To(BeZero())
		_, local := listed(moderator.Caller, "/videos/comments?isLocal=true&onLocalVideo=true")
		Expect(local).To(Equal(all))
		Expect(get(anonymous, "/videos/comments").Status).To(Equal(401))
		Expect(get(owner.Caller, "/videos/comments").Status).To(Equal(403))
		Expect(get(anonymous, "/users/me/videos/comments").Status).To(Equal(401))
		Expect(get(other.Caller, "/users/me/videos/comments?videoId="+public.ID.String()).Status).To(Equal(403))
		channel := strconv.FormatInt(public.Channel.Number, 10)
		Expect(get(other.Caller, "/users/me/videos/comments?videoChannelId="+channel).Status).To(Equal(403))
		Expect(get(moderator.Caller, "/users/me/videos/comments?videoChannelId="+channel+"&videoId="+public.ID.String()).Status).To(Equal(200))
		body := get(moderator.Caller, "/videos/comments?search=please").Body
		Expect(body).To(ContainSubstring(`"automaticTags":[]`))
		Expect(body).To(ContainSubstring(fmt.Sprintf(`"video":{"id":%d,"uuid":"%s","name":"A film"}`, reviewed.Number, reviewed.ID)))
	})
	It("are deleted by those who may, and stay as a place", func() {
		Expect(remove(anonymous, public, answer).Status).To(Equal(401))
		Expect(remove(other.Caller, public, answer).Status).To(Equal(403))
		Expect(remove(owner.Caller, public, 4711).Status).To(Equal(404))
		Expect(remove(owner.Caller, quiet, answer).Status).To(Equal(400))
		Expect(remove(owner.Caller, public, answer).Status).To(Equal(204))
		gone := remove(owner.Caller, public, answer)
		Expect(gone.Problem()).To(And(HaveKeyWithValue("status", 409.0), HaveKeyWithValue("detail", "This comment is already deleted")))
		Expect(post(owner.Caller, one(public, answer), `{"text":"x"}`).Status).To(Equal(409))
		var whole tree
		get(anonymous, threadsOf(public)+"/"+strconv.FormatInt(first, 10)).JSON(&whole)
		place := whole.Children[0]
		Expect(place.Comment).To(And(
			HaveField("Text", ""), HaveField("Account", BeNil()), HaveField("IsDeleted", true), HaveField("DeletedAt", Not(BeNil()))))
		Expect(place.Children[0].Comment.ID).To(Equal(furtherAnswer))
		Expect(threads(anonymous, public, "").TotalNotDeletedComments).To(Equal(3))
	})
	It("of an account go all at once", func() {
		bulk := func(as commands.Caller, body string) int { return post(as, "/bulk/remove-comments-of", body).Status }
		of := func(scope string) string { return `{"accountName":"stranger","scope":"` + scope + `"}` }
		below := written(post(stranger.Caller, threadsOf(quiet), `{"text":"below another's video"}`)).ID
		Expect(bulk(anonymous, of("my-videos"))).To(Equal(401))
		Expect(bulk(owner.Caller, `{"scope":"my-videos"}`)).To(Equal(400))
		Expect(bulk(owner.Caller, of("everything"))).To(Equal(400))
		Expect(bulk(owner.Caller, `{"accountName":"nobody","scope":"my-videos"}`)).To(Equal(404))
		Expect(bulk(owner.Caller, `{"accountName":"stranger@far.example","scope":"my-videos"}`)).To(Equal(404))
		Expect(bulk(owner.Caller, of("instance"))).To(Equal(403))
		Expect(bulk(owner.Caller, of("my-videos"))).To(Equal(204))
		numbers, _ := listed(moderator.Caller, "/videos/comments?searchAccount=stranger")
		Expect(numbers).To(Equal([]int64{below}))
		Expect(bulk(moderator.Caller, `{"accountName":"stranger@video.example","scope":"instance"}`)).To(Equal(204))
		_, total := listed(moderator.Caller, "/videos/comments?searchAccount=stranger")
		Expect(total).To(BeZero())
	})
	It("are answered though the catalog stands still", func(ctx SpecContext) {
		stuck := &comments.API{
			Site: apitest.Site, Access: w.Guard(), Catalog: w.Catalog, Commands: commandscomment.New(w.Bus),
		}
		stuck.Writes.Waiter = impatient{}
		slow := mux.NewRouter()
		stuck.Routes(slow)
		answer := apitest.Ask(slow, other.Caller, http.MethodPost, "/api/v1"+threadsOf(public), `{"text":"at once"}`)
		made := written(answer)
		Expect(made).To(And(HaveField("Text", "at once"), HaveField("ThreadID", made.ID), HaveField("VideoID", public.Number),
			HaveField("Account.Name", "other")))
		w.Settle(ctx)
		Expect(threads(anonymous, public, "").Data[0].ID).To(Equal(made.ID))
	})
})
