package job_test

import (
	"context"
	"sync"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsjob "vidilog/commands/job"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

var (
	ctx      = context.Background()
	worker   = commands.Internal(kernel.ByWorker("w"))
	world    *commandstest.World
	handlers *commandsjob.Handlers
	ada      commandstest.Person
	film     kernel.VideoID
	id       kernel.JobID
)

var _ = BeforeEach(func() {
	world = commandstest.New()
	handlers = commandsjob.New(world.Bus)
	ada = world.Person("ada", user.Ordinary)
	film, id = world.Film(ada), kernel.JobID{UUID: uuid.New()}
	request(job.Order{Type: job.WebVideoTranscoding, Resolution: 720, FileName: "web-720.mp4", Optimises: true})
})

func request(order job.Order) {
	_, err := commands.Run(ctx, world.Bus, commandstest.System, commandsjob.RequestSpec,
		commandsjob.Request{JobID: id, VideoID: film, OwnerID: ada.UserID, Order: order, MaxAttempts: 2})
	Expect(err).NotTo(HaveOccurred())
}

func accept(name string) (commandsjob.Accepted, error) {
	outcome, err := handlers.Accept(ctx, worker, commandsjob.Accept{JobID: id, Worker: name})
	return outcome.Result, err
}

func rendition() video.Rendition {
	return video.Rendition{Kind: video.WebVideo, Resolution: 720, FileName: "web-720.mp4", Bytes: 500, HasVideo: true}
}

func complete(fence int) error {
	_, err := handlers.Complete(ctx, worker, commandsjob.Complete{JobID: id, Fence: fence, Rendition: rendition()})
	return err
}

var _ = Describe("A job's commands", func() {
	It("tell the worker what to do under which fence", func() {
		accepted, err := accept("a")
		Expect(err).NotTo(HaveOccurred())
		Expect(accepted).To(And(HaveField("Fence", 1), HaveField("VideoID", film), HaveField("Order.FileName", "web-720.mp4")))
	})
	It("end the job, add the rendition and drop the original in one append", func() {
		_, err := accept("a")
		Expect(err).NotTo(HaveOccurred())
		before, appends := world.Head(), 0
		world.Log.BeforeAppend = func(eventstore.Append) { appends++ }
		Expect(complete(1)).To(Succeed())
		Expect(appends).To(Equal(1))
		Expect(world.After(before)).To(ConsistOf(
			BeAssignableToTypeOf(job.Completed{}), HaveField("FileName", film.String()+"-original.mkv"), HaveField("Rendition.FileName", "web-720.mp4")))
		Expect(commandsvideo.New(world.Bus).Video(ctx, film)).To(HaveField("Renditions", ConsistOf(And(
			HaveField("FileName", "web-720.mp4"), HaveField("FileID", int64(2))))))
		number := eventstore.IntegerClaim("file", 2)
		Expect(world.Holder(number.Kind, number.Key)).To(Equal(film.String()))
	})
	It("decline a result when the video has gone, and leave the job as it was", func() {
		_, err := accept("a")
		Expect(err).NotTo(HaveOccurred())
		_, err = commandsvideo.New(world.Bus).Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		Expect(kernel.CodeOf(complete(1))).To(Equal(kernel.CodeNotFound))
		Expect(handlers.Job(ctx, id)).To(HaveField("State", job.Processing))
	})
	It("decline reports under a fence of before", func() {
		for range 2 {
			_, err := accept("a")
			Expect(err).NotTo(HaveOccurred())
		}
		Expect(kernel.CodeOf(complete(1))).To(Equal(kernel.CodeConflict))
		_, err := handlers.Fail(ctx, worker, commandsjob.Fail{JobID: id, Fence: 1})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		_, err = handlers.Abort(ctx, worker, commandsjob.Abort{JobID: id, Fence: 1})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(complete(2)).To(Succeed())
	})
	It("count failures until the last, and give a job back for nothing", func() {
		for fence := 1; fence <= 2; fence++ {
			Expect(accept("a")).To(HaveField("Fence", fence))
			Expect(handlers.Fail(ctx, worker, commandsjob.Fail{JobID: id, Fence: fence, Message: "boom"})).NotTo(BeNil())
		}
		Expect(handlers.Job(ctx, id)).To(And(HaveField("State", job.Errored), HaveField("Message", "boom")))
		_, err := accept("a")
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(handlers.Retry(ctx, commandstest.System, commandsjob.Retry{JobID: id})).NotTo(BeNil())
		Expect(accept("a")).To(HaveField("Fence", 3))
		Expect(handlers.Abort(ctx, worker, commandsjob.Abort{JobID: id, Fence: 3})).NotTo(BeNil())
		Expect(handlers.Job(ctx, id)).To(And(HaveField("State", job.Pending), HaveField("Attempts", 0)))
	})

	It("give a job that two workers want at once to exactly one", func() {
		both := make(chan struct{})
		var met sync.WaitGroup
		met.Add(2)
		go func() { met.Wait(); close(both) }()
		world.Log.BeforeAppend = func(eventstore.Append) { met.Done(); <-both } // both have decided before one is appended
		errs, group := make([]error, 2), sync.WaitGroup{}
		for i, name := range []string{"a", "b"} {
			group.Go(func() { _, errs[i] = accept(name) })
		}
		group.Wait()
		Expect(errs).To(ConsistOf(BeNil(), MatchError(&kernel.Error{Code: kernel.CodeConflict})))
		Expect(handlers.Job(ctx, id)).To(HaveField("Fence", 1))
	})

	It("are the server's, and retrying and cancelling the administrators'", func() {
		_, err := handlers.Accept(ctx, ada.Caller, commandsjob.Accept{JobID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Complete(ctx, ada.Caller, commandsjob.Complete{JobID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Retry(ctx, ada.Caller, commandsjob.Retry{JobID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Retry(ctx, commands.Anonymous(), commandsjob.Retry{JobID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnauthenticated))
		_, err = commands.Run(ctx, world.Bus, world.Person("root", user.Administrator).Caller, commandsjob.CancelSpec,
			commandsjob.Cancel{JobID: id, State: job.StateCancelled, Reason: "no"})
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.Job(ctx, id)).To(HaveField("State", job.StateCancelled))
	})
})
