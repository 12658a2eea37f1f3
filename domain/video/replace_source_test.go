package video_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

var _ = Describe("Replacing the file of a video", func() {
	better := video.Rendition{FileID: 9, Kind: video.WebVideo, Resolution: 360, Width: 640, Height: 360, FileName: "better.mp4", Bytes: 5}
	replace := video.ReplaceSource{Source: 1, SourceName: "better.mp4", Original: better, Seconds: 20}
	replaced := func(change ...func(*video.SourceReplaced)) video.SourceReplaced {
		e := video.SourceReplaced{
			VideoID: id, OwnerID: owner, Source: 1, SourceName: "better.mp4", Original: better, Seconds: 20, AspectRatio: 1.7778,
			State: video.StatePublished,
		}
		for _, c := range change {
			c(&e)
		}
		return e
	}

	It("removes everything made of the one before, and shows the new one", func() {
		playlist := video.Playlist{IntegerID: 1, MasterName: "master", HashesName: "hashes", Media: []string{"h"}}
		after := scenario.Given(uploaded(), added(hls(720, "h")), video.PlaylistWritten{VideoID: id, Playlist: playlist}).
			When(replace).
			Then(removed(original), removed(hls(720, "h")),
				video.PlaylistRemoved{VideoID: id, MasterName: "master", HashesName: "hashes"}, replaced())
		Expect(after.State().Renditions).To(ConsistOf(better))
		Expect(after.State().Playlist).To(BeNil())
		Expect(after.State().Original).To(Equal("better.mp4"))
		Expect(after.State().Seconds).To(Equal(20))
	})
	It("waits for its renditions where the upload did", func() {
		waits := replace
		waits.Settings = transcoding.Settings{Enabled: true, HLS: true}
		scenario.Given(uploaded(func(u *video.Uploaded) { u.Attributes.WaitTranscoding = true })).When(waits).
			Then(removed(original), replaced(func(e *video.SourceReplaced) { e.State, e.Settings = video.StateToTranscode, waits.Settings }))
	})
	It("gives up the file that was kept, for the new one", func() {
		keeps := replace
		keeps.Kept = "second"
		after := scenario.Given(uploaded(func(u *video.Uploaded) { u.Kept = "first" })).When(keeps).
			Then(removed(original), video.KeptFileRemoved{VideoID: id, FileName: "first"}, replaced(func(e *video.SourceReplaced) { e.Kept = "second" }))
		Expect(after.State().Kept).To(Equal("second"))
	})
	It("brings a video back whose transcoding had failed", func() {
		after := scenario.Given(uploaded(), video.TranscodingFailed{VideoID: id, Reason: "broken"}).When(replace).Then(removed(original), replaced())
		Expect(after.State().Failure).To(BeEmpty())
	})
	It("makes renditions of the file before come too late", func() {
		now := scenario.Given(uploaded(), removed(original), replaced())
		now.When(video.AddRendition{Rendition: hls(720, "late")}).ThenError(kernel.CodeConflict)
		now.When(video.AddRendition{Rendition: hls(360, "new"), Source: 1}).Then(added(hls(360, "new")))
	})
	DescribeTable("is refused", func(code kernel.Code, verb video.ReplaceSource, given ...kernel.Event) {
		scenario.Given(given...).When(verb).ThenError(code)
	},
		Entry("while it waits for transcoding", kernel.CodeConflict, replace, uploaded(func(u *video.Uploaded) { u.State = video.StateToTranscode })),
		Entry("when another has replaced it meanwhile", kernel.CodeConflict, replace, uploaded(), replaced()),
		Entry("for a video that is gone", kernel.CodeNotFound, replace, uploaded(), video.Deleted{VideoID: id, OwnerID: owner}),
		Entry("for none", kernel.CodeNotFound, replace),
	)
})

var _ = Describe("Removing the file that was kept as it came", func() {
	kept := uploaded(func(u *video.Uploaded) { u.Kept = "first" })

	It("is recorded once", func() {
		scenario.Given(kept).When(video.RemoveKeptFile{}).Then(video.KeptFileRemoved{VideoID: id, FileName: "first"}).
			When(video.RemoveKeptFile{}).ThenNothing()
	})
	It("is nothing where none was kept", func() {
		scenario.Given(uploaded()).When(video.RemoveKeptFile{}).ThenNothing()
	})
	It("needs a video", func() { scenario.Given().When(video.RemoveKeptFile{}).ThenError(kernel.CodeNotFound) })
})
