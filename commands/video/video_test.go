package video_test

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsuser "vidilog/commands/user"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

var (
	ctx      = context.Background()
	world    *commandstest.World
	handlers *commandsvideo.Handlers
	ada, bob commandstest.Person
)

var _ = BeforeEach(func() {
	world = commandstest.New()
	handlers = commandsvideo.New(world.Bus)
	ada, bob = world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary)
})

func limited(name string, quota, daily int64) commandstest.Person {
	return world.Person(name, user.Ordinary, func(c *commandsuser.Create) { c.Quota, c.QuotaDaily = quota, daily })
}

func upload(p commandstest.Person, caller commands.Caller, change ...func(*commandsvideo.Upload)) error {
	_, err := handlers.Upload(ctx, caller, world.Upload(p, change...))
	return err
}

func rename(id kernel.VideoID, caller commands.Caller, name string, to *kernel.ChannelID) error {
	_, err := handlers.Update(ctx, caller, commandsvideo.Update{
		VideoID: id, ChannelID: to, Fields: map[string]any{"name": name}, Change: func(a *video.Attributes) { a.Name = name },
	})
	return err
}

var _ = Describe("Uploading", func() {
	It("records video and reservation in one append, under numbers that lead to it", func() {
		before := world.Head()
		id := world.Film(ada)
		Expect(world.After(before)).To(HaveExactElements(
			And(BeAssignableToTypeOf(video.Uploaded{}), HaveField("OwnerID", ada.UserID), HaveField("AccountID", ada.AccountID),
				HaveField("Original.Resolution", 720), HaveField("Seconds", 10), HaveField("IntegerID", int64(1))),
			And(HaveField("For", id.String()), HaveField("Bytes", int64(1000)))))
		number := eventstore.IntegerClaim("video", 1)
		Expect(world.Holder(number.Kind, number.Key)).To(Equal(id.String()))
	})
	It("is refused to an unknown channel, to another's and to nobody known", func() {
		err := upload(ada, ada.Caller, func(c *commandsvideo.Upload) { c.ChannelID = kernel.ChannelID{UUID: uuid.New()} })
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "channelId"}))
		Expect(upload(ada, bob.Caller)).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "channelId"}))
		Expect(kernel.CodeOf(upload(ada, commands.Anonymous()))).To(Equal(kernel.CodeUnauthenticated))
	})
	It("names the wrong field", func() {
		err := upload(ada, ada.Caller, func(c *commandsvideo.Upload) { c.Attributes.Name = "x" })
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "name"}))
	})
	It("keeps to the quota, also among uploads at once, and gets deleted bytes back", func() {
		eve := limited("eve", 2500, -1)
		errs, group := make([]error, 5), sync.WaitGroup{}
		for i := range errs {
			c := world.Upload(eve)
			group.Go(func() { _, errs[i] = handlers.Upload(ctx, eve.Caller, c) })
		}
		group.Wait()
		Expect(errs).To(ConsistOf(BeNil(), BeNil(), refusedBy("quota_reached"), refusedBy("quota_reached"), refusedBy("quota_reached")))
		Expect(handlers.FitsQuota(ctx, eve.UserID, 500)).To(Succeed())
		Expect(handlers.FitsQuota(ctx, eve.UserID, 501)).To(refusedBy("quota_reached"))
		for _, e := range world.All() {
			if up, ok := e.Data.(video.Uploaded); ok {
				_, err := handlers.Delete(ctx, eve.Caller, commandsvideo.Delete{VideoID: up.VideoID})
				Expect(err).NotTo(HaveOccurred())
			}
		}
		Expect(handlers.FitsQuota(ctx, eve.UserID, 2500)).To(Succeed())
	})
	It("keeps to the quota of a day", func() {
		eve := limited("eve", -1, 1500)
		world.Film(eve)
		Expect(upload(eve, eve.Caller)).To(refusedBy("quota_reached"))
		world.Pass(24 * time.Hour)
		Expect(upload(eve, eve.Caller)).To(Succeed())
	})
	It("repeated answers the first result, also when the quota is full by then", func() {
		eve := limited("eve", 1000, -1)
		caller, c := eve.Caller, world.Upload(eve)
		caller.CommandID = "c1"
		first, err := handlers.Upload(ctx, caller, c)
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.Upload(ctx, caller, c)).To(And(HaveField("Result", first.Result), HaveField("Repeated", true)))
	})
})

func refusedBy(code string) types.GomegaMatcher { return HaveField("APICode", code) }

var _ = Describe("Updating", func() {
	It("is for the owner and those with the right", func() {
		id := world.Film(ada)
		Expect(rename(id, ada.Caller, "Mine", nil)).To(Succeed())
		Expect(kernel.CodeOf(rename(id, bob.Caller, "Yours", nil))).To(Equal(kernel.CodeForbidden))
		Expect(rename(id, world.Person("mod", user.Moderator).Caller, "Ours", nil)).To(Succeed())
		Expect(handlers.Video(ctx, id)).To(HaveField("Attributes.Name", "Ours"))
	})
	It("asks whose video it is before it looks at the channel", func() {
		id := world.Film(ada)
		Expect(kernel.CodeOf(rename(id, bob.Caller, "Yours", &bob.ChannelID))).To(Equal(kernel.CodeForbidden))
		Expect(kernel.CodeOf(rename(kernel.VideoID{UUID: uuid.New()}, bob.Caller, "Yours", &bob.ChannelID))).To(Equal(kernel.CodeNotFound))
	})
	It("moves to another channel of the owner only", func() {
		id, second := world.Film(ada), kernel.ChannelID{UUID: uuid.New()}
		Expect(rename(id, ada.Caller, "Film", &bob.ChannelID)).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "channelId"}))
		world.Record(second.Stream(), channel.Created{ChannelID: second, OwnerID: ada.UserID, Handle: "second"})
		Expect(rename(id, ada.Caller, "Film", &second)).To(Succeed())
		Expect(handlers.Video(ctx, id)).To(HaveField("ChannelID", second))
	})
	It("leaves the state that others share as it is when it is refused", func() {
		id := world.Film(ada)
		Expect(rename(id, ada.Caller, "x", nil)).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "name"}))
		Expect(handlers.Video(ctx, id)).To(HaveField("Attributes.Name", "A film"))
	})
})

var _ = Describe("Deleting", func() {
	It("is for the owner and those with the right, once", func() {
		id := world.Film(ada)
		_, err := handlers.Delete(ctx, bob.Caller, commandsvideo.Delete{VideoID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: id})
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
})

var _ = Describe("What the server does with a video", func() {
	It("is closed to its owner", func() {
		id := world.Film(ada)
		_, err := commands.Run(ctx, world.Bus, ada.Caller, commandsvideo.PublishSpec, commandsvideo.Publish{VideoID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.WritePlaylist(ctx, ada.Caller, commandsvideo.WritePlaylist{VideoID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.MoveFiles(ctx, ada.Caller, commandsvideo.MoveFiles{VideoID: id, Private: true})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
	})
	It("summarises views in a stream per month, of videos that stand", func() {
		id := world.Film(ada)
		to := time.Date(2026, 11, 30, 23, 59, 0, 0, time.UTC)
		count := func(at time.Time) error {
			_, err := handlers.CountViews(ctx, commandstest.System, commandsvideo.CountViews{VideoID: id, Views: 2, From: at.Add(-time.Minute), To: at})
			return err
		}
		Expect(count(to)).To(Succeed())
		Expect(count(to.Add(time.Hour))).To(Succeed())
		Expect(world.Of(kernel.ViewsStream(id, "2026-11"))).To(HaveLen(1))
		Expect(world.Of(kernel.ViewsStream(id, "2026-12"))).To(HaveLen(1))
		_, err := handlers.Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: id})
		Expect(err).NotTo(HaveOccurred())
		Expect(kernel.CodeOf(count(to))).To(Equal(kernel.CodeNotFound))
	})
	It("numbers the first playlist and keeps the number", func() {
		id := world.Film(ada)
		write := func(master string, media ...string) {
			_, err := handlers.WritePlaylist(ctx, commandstest.System, commandsvideo.WritePlaylist{VideoID: id, Playlist: video.Playlist{MasterName: master, Media: media}})
			Expect(err).NotTo(HaveOccurred())
		}
		world.Record(id.Stream(), video.RenditionAdded{VideoID: id, Rendition: video.Rendition{Kind: video.HLS, Resolution: 240, FileName: "h240"}})
		write("m1", "h240")
		world.Record(id.Stream(), video.RenditionAdded{VideoID: id, Rendition: video.Rendition{Kind: video.HLS, Resolution: 720, FileName: "h720"}})
		write("m2", "h240", "h720")
		Expect(handlers.Video(ctx, id)).To(HaveField("Playlist", And(HaveField("IntegerID", int64(1)), HaveField("MasterName", "m2"))))
	})
	It("attaches pictures for owner and server", func() {
		id := world.Film(ada)
		_, err := handlers.AttachPictures(ctx, ada.Caller, commandsvideo.AttachPictures{VideoID: id, Pictures: video.Pictures{Thumbnail: "t", Preview: "p"}})
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.AttachPictures(ctx, commandstest.System, commandsvideo.AttachPictures{VideoID: id, Pictures: video.Pictures{Thumbnail: "g", Preview: "g", Generated: true}})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
	})
	It("drops web videos only when HLS is there, and moves files with the privacy", func() {
		id := world.Film(ada, func(c *commandsvideo.Upload) { c.Attributes.Privacy = video.Private })
		_, err := commands.Run(ctx, world.Bus, commandstest.System, commandsvideo.DropWebVideosSpec, commandsvideo.DropWebVideos{VideoID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		_, err = handlers.MoveFiles(ctx, commandstest.System, commandsvideo.MoveFiles{VideoID: id, Private: false})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
	})
})
