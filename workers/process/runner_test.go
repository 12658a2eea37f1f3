package process_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsjob "vidilog/commands/job"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	runner "vidilog/workers/process"
)

var (
	ctx     = context.Background()
	world   *commandstest.World
	manager runner.Manager
	ada     commandstest.Person
)

var _ = BeforeEach(func() {
	world = commandstest.New()
	manager = runner.Transcoding(world.Bus)
	ada = world.Person("ada", user.Ordinary)
})

// last is the newest event of a type.
func last(kind string) (found eventstore.Event) {
	for _, e := range world.All() {
		if e.Type == kind {
			found = e
		}
	}
	Expect(found.Type).To(Equal(kind))
	return found
}

func stream(id kernel.VideoID) kernel.StreamID { return kernel.TranscodingID{UUID: id.UUID}.Stream() }

func handle(e eventstore.Event) { ExpectWithOffset(1, manager.Handle(ctx, e)).To(Succeed()) }

// work does a job and answers the event of its end.
func work(id kernel.JobID) eventstore.Event {
	caller, jobs := commands.Internal(kernel.ByWorker("w")), commandsjob.New(world.Bus)
	accepted, err := jobs.Accept(ctx, caller, commandsjob.Accept{JobID: id, Worker: "w"})
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	kind := video.WebVideo
	if accepted.Result.Order.Type == job.HLSTranscoding {
		kind = video.HLS
	}
	_, err = jobs.Complete(ctx, caller, commandsjob.Complete{JobID: id, Fence: accepted.Result.Fence, Rendition: video.Rendition{
		Kind: kind, Resolution: accepted.Result.Order.Resolution, FileName: accepted.Result.Order.FileName,
	}})
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	return last("job.completed")
}

func requested() (ids []kernel.JobID) {
	for _, e := range world.All() {
		if r, ok := e.Data.(job.Requested); ok {
			ids = append(ids, r.JobID)
		}
	}
	return ids
}

var _ = Describe("The runner", func() {
	It("appends plan and jobs at once, with the cause and the person they are owed to", func() {
		id := world.Film(ada)
		up, appends := last("video.uploaded"), 0
		world.Log.BeforeAppend = func(eventstore.Append) { appends++ }
		before := world.Head()
		handle(up)
		Expect(appends).To(Equal(1))
		events := world.All()[before:]
		Expect(events).To(HaveLen(5)) // the plan and four jobs
		Expect(events).To(HaveEach(And(
			HaveField("Causation", up.EventID), HaveField("Correlation", up.Correlation),
			HaveField("Actor", kernel.Actor{Kind: kernel.ActorProcess, ID: "transcoding", OnBehalfOf: "user:" + ada.UserID.String()}))))
		Expect(events[0].Stream).To(Equal(stream(id)))
	})
	It("does nothing for an event that comes again", func() {
		world.Film(ada)
		up := last("video.uploaded")
		handle(up)
		head := world.Head()
		handle(up)
		Expect(runner.Transcoding(commands.New(world.Log, world.Codec, commandstest.Sealer{}, commands.Options{})).Handle(ctx, up)).To(Succeed())
		Expect(world.Head()).To(Equal(head))
	})
	It("appends nothing for an event that means nothing", func() {
		world.Film(ada, func(c *commandsvideo.Upload) { c.Settings.Enabled = false })
		head := world.Head()
		handle(last("video.uploaded"))
		Expect(world.Head()).To(Equal(head))
		handle(last("user.created"))
		Expect(world.Head()).To(Equal(head))
	})
	It("keeps the key of a video and ignores what is none of its business", func() {
		id := world.Film(ada)
		key, ok := manager.Key(last("video.uploaded"))
		Expect([]any{key, ok}).To(Equal([]any{id.String(), true}))
		_, ok = manager.Key(last("user.created"))
		Expect(ok).To(BeFalse())
	})
	It("leads a video from its upload to the end, whole", func() {
		id := world.Film(ada)
		handle(last("video.uploaded"))
		videos := commandsvideo.New(world.Bus)
		for i, job := range requested() {
			handle(work(job))
			if v, err := videos.Video(ctx, id); i == 1 {
				Expect(err).NotTo(HaveOccurred())
				Expect(v.State).To(Equal(video.StateToTranscode))
				_, err = videos.WritePlaylist(ctx, commandstest.System, commandsvideo.WritePlaylist{VideoID: id, Playlist: video.Playlist{MasterName: "m", Media: v.StreamMedia()}})
				Expect(err).NotTo(HaveOccurred())
				handle(last("video.playlist-written"))
			}
		}
		Expect(videos.Video(ctx, id)).To(HaveField("State", video.StatePublished))
		Expect(world.Of(stream(id))).To(ContainElement(BeAssignableToTypeOf(process.TranscodingEnded{})))
		Expect(world.Of(stream(id))).NotTo(ContainElement(BeAssignableToTypeOf(process.Declined{})))
	})
	It("records a command that is refused, and goes on with the others", func() {
		id := world.Film(ada, func(c *commandsvideo.Upload) {
			c.Settings.HLS, c.Settings.Policy.Resolutions = false, []transcoding.Resolution{240, 720}
		})
		handle(last("video.uploaded"))
		done := work(requested()[0])
		_, err := commandsvideo.New(world.Bus).Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: id})
		Expect(err).NotTo(HaveOccurred())
		handle(done)
		Expect(world.Of(stream(id))).To(ContainElement(process.Declined{Intent: "process.PublishVideo", Code: "not_found", Detail: "Video not found"}))
		Expect(commandsjob.New(world.Bus).Job(ctx, requested()[1])).To(HaveField("State", job.Pending), "its child is released all the same")
		handle(last("video.deleted"))
		Expect(commandsjob.New(world.Bus).Job(ctx, requested()[1])).To(HaveField("State", job.StateCancelled))
	})
	It("passes a fault on, with the process and the place, and appends nothing", func() {
		world.Film(ada)
		up, head := last("video.uploaded"), world.Head()
		world.Log.Close()
		Expect(manager.Handle(ctx, up)).To(MatchError(And(ContainSubstring("process transcoding on transcoding-"), ContainSubstring(fmt.Sprint("at ", up.Position)))))
		Expect(world.Head()).To(Equal(head))
	})
})

// intents are all types that process managers may want, by name.
var intents = map[string]process.Intent{
	"RequestJob": process.RequestJob{}, "ReleaseJob": process.ReleaseJob{}, "CancelJob": process.CancelJob{},
	"ReopenJob":    process.ReopenJob{},
	"PublishVideo": process.PublishVideo{}, "FailVideo": process.FailVideo{}, "DropWebVideos": process.DropWebVideos{},
	"RemoveVideosOfChannel": process.RemoveVideosOfChannel{}, "SpreadSupport": process.SpreadSupport{},
	"RemoveCommentsOfAccount": process.RemoveCommentsOfAccount{},
}

var _ = Describe("Intents", func() {
	It("all have a command", func() {
		for name, intent := range intents {
			_, err := commands.Together(ctx, world.Bus, commandstest.System, "test", func(ctx context.Context, w *commands.Work) error {
				return runner.Dispatch(ctx, w, intent)
			})
			if err != nil { // of nothing they may be refused, but not be unknown
				Expect(kernel.CodeOf(err)).NotTo(BeEmpty(), "%s: %v", name, err)
			}
		}
		Expect(runner.Dispatch(ctx, nil, nil)).To(MatchError(ContainSubstring("no command for the intent")))
	})
	It("are all in the list of this test", func() {
		var declared []string
		files, err := filepath.Glob("../../domain/process/*.go")
		Expect(err).NotTo(HaveOccurred())
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			Expect(err).NotTo(HaveOccurred())
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "intent" && f.Recv != nil {
					declared = append(declared, f.Recv.List[0].Type.(*ast.Ident).Name)
				}
			}
		}
		Expect(declared).NotTo(BeEmpty())
		for _, name := range declared {
			Expect(intents).To(HaveKey(name))
		}
	})
})
