package media_test

import (
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/transcoding"
	"vidilog/internal/failpoint"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// A process that is killed at these points leaves what an error there leaves, and the temporary file at most.
var _ = Describe("An attempt that fails", needsFFmpeg, func() {
	DescribeTable("leaves whole files only, and can be repeated", func(ctx SpecContext, point string, left ...string) {
		path, probe := source(ctx, mediatest.Spec{Audio: "aac"})
		directory := filepath.Join(GinkgoT().TempDir(), "video")
		request := media.HLS{Source: path, Probe: probe, Encoding: encoding(144, 10), Directory: directory, Media: transcoding.HLSMediaName(uuid, 144)}
		Expect(failpoint.Arm(point)).To(Succeed())
		DeferCleanup(func() { Expect(failpoint.Arm("")).To(Succeed()) })
		_, err := tools.HLS(ctx, request)
		Expect(err).To(MatchError(failpoint.ErrInjected))
		Expect(names(directory)).To(ConsistOf(left))

		Expect(failpoint.Arm("")).To(Succeed())
		_, err = tools.HLS(ctx, request)
		Expect(err).NotTo(HaveOccurred())
		Expect(names(directory)).To(ConsistOf(uuid+"-144-fragmented.mp4", uuid+"-144.m3u8"))
	},
		Entry("while ffmpeg runs", "media.ffmpeg=error"),
		Entry("before the media file is on the disk", "media.before-fsync=error@1"),
		Entry("before the media file has its name", "media.before-rename=error@1"),
		Entry("after the media file has its name", "media.after-rename=error@1", uuid+"-144-fragmented.mp4"),
		Entry("before the playlist has its name", "media.before-rename=error@2", uuid+"-144-fragmented.mp4"),
	)
})
