package crash_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// crash is one place where the server is killed, and what must be true of the upload that leads there.
type crash struct {
	// point is the failpoint, with @n for its n-th hit. A start hits some by itself: append once, when it finds nothing new to
	// record, and projection at most once per read model, for events that touched no row and so waited to be noted.
	point string
	// exists says whether the video must be there afterwards: the commit of the append decides, not the answer.
	exists bool
	what   string
}

var crashes = []crash{
	{"upload.received", false, "the file is received"},
	{"storage.before-sync", false, "the file is about to be synced"},
	{"storage.before-rename", false, "the file is about to get its name"},
	{"storage.after-rename", false, "the file has its name, the folder is not synced"},
	{"upload.placed", false, "the file is in place, no event says so"},
	{"append.before-commit@2", false, "the events are written, not committed"},
	{"append.after-commit@2", true, "the events are committed, nobody has been told"},
	{"projection.before-commit@8", true, "a read model has rows, not committed"},
	{"projection.after-commit@8", true, "a read model has committed, nobody has been told"},
	{"bus.acknowledged", true, "a consumer has done its work, nobody has noted it"},
	{"bus.checkpoint", true, "a consumer is about to note how far it is"},
	{"bus.before-effects-commit", true, "an effect and its event's acknowledgement are about to commit"},
	{"bus.after-effects-commit", true, "an effect is committed, its handler does not know"},
	{"queue.inserted", true, "work is in River, not committed"},
	{"job.leased", true, "a job has a lease, nobody has accepted it"},
	{"job.accepted@2", true, "the second job is accepted, not begun"},
	{"media.ffmpeg@2", true, "ffmpeg makes the HLS"},
	{"media.before-fsync", true, "ffmpeg has ended, its file is not synced"},
	{"media.before-rename", true, "a made file is about to get its name"},
	{"media.after-rename", true, "a made file has its name, the folder is not synced"},
	{"job.written", true, "a job is done, not reported"},
	{"job.reported@2", true, "the second job is reported, its lease not given back"},
	{"effects.pictures-written", true, "pictures are written, no event says so"},
	{"effects.playlist-written", true, "the master playlist is written, no event says so"},
	{"effects.torrent-written", true, "a torrent is written, no event says so"},
	{"process.publishing", true, "the video is about to be published"},
	{"storage.before-remove", true, "a file is about to be removed"},
}

var _ = Describe("A server that is killed", Ordered, ContinueOnFailure, func() {
	for _, c := range crashes {
		It("when "+c.what+" ("+c.point+") loses nothing", func(ctx SpecContext) {
			start(killing(c.point))
			upload := send(ctx, "killed at "+c.point)
			killedByItself()
			acknowledged := upload.isAcknowledged()
			Expect(acknowledged && !c.exists).To(BeFalse(), "the upload was answered with 200 before its events were committed")

			restart(ctx)
			expectVideo(ctx, "killed at "+c.point, c.exists)
			expectOrder(ctx)
			expectNothingLeftToDo(ctx)
		}, SpecTimeout(4*time.Minute))
	}

	It("in the middle of an upload's body leaves nothing of it", func(ctx SpecContext) {
		start()
		body, finish := half(ctx, "killed in the middle")
		Expect(house.Kill()).To(Succeed())
		finish()
		Expect(body.isAcknowledged()).To(BeFalse())

		restart(ctx)
		expectVideo(ctx, "killed in the middle", false)
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))

	It("in order (SIGTERM) while ffmpeg runs gives the job back and finishes it at the next start", func(ctx SpecContext) {
		const name = "ended while it was transcoded"
		start(armed("media.ffmpeg@2", "sleep:4s"))
		Expect(send(ctx, name).isAcknowledged()).To(BeTrue())
		video := find(ctx, name)
		Eventually(events).WithContext(ctx).WithArguments(video.UUID, "job.accepted").WithTimeout(time.Minute).
			Should(HaveLen(2), "the second job runs")
		Expect(house.Stop()).To(Succeed())
		Expect(house.Processes()).To(BeEmpty(), "PostgreSQL, Redis and ffmpeg end with the server")

		restart(ctx)
		expectVideo(ctx, name, true)
		Expect(events(ctx, video.UUID, "job.aborted")).To(HaveLen(1))
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))

	It("of its database (kill -9 of PostgreSQL) during an upload goes on, and the upload is there or not", func(ctx SpecContext) {
		const name = "database killed during the upload"
		start()
		upload, finish := half(ctx, name)
		killDatabase()
		finish()
		if upload.isAcknowledged() {
			find(ctx, name)
		}
		settle(ctx)
		for _, v := range named(ctx, name) { // an append whose answer was lost may have been committed
			Expect(root.Complete(ctx, v.UUID)).To(Succeed())
		}
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))

	It("of its database (kill -9 of PostgreSQL) during the transcoding goes on and publishes", func(ctx SpecContext) {
		const name = "database killed during the transcoding"
		start(armed("media.ffmpeg", "sleep:1s"))
		Expect(send(ctx, name).isAcknowledged()).To(BeTrue())
		video := find(ctx, name)
		Eventually(events).WithContext(ctx).WithArguments(video.UUID, "job.accepted").WithTimeout(time.Minute).ShouldNot(BeEmpty())
		killDatabase()
		settle(ctx)
		expectVideo(ctx, name, true)
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))

	It("has all its videos in the end, whole", func(ctx SpecContext) {
		start()
		videos, err := root.Mine(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(videos).NotTo(BeEmpty())
		for _, v := range videos {
			Expect(root.Complete(ctx, v.UUID)).To(Succeed())
		}
	}, SpecTimeout(time.Minute))

	It("leaves no process behind when it ends in order", func() {
		Expect(house.Stop()).To(Succeed())
		Expect(house.Processes()).To(BeEmpty())
	})
})
