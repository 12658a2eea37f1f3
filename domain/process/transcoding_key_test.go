package process_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/video"
)

var _ = Describe("The process instance of an event", func() {
	DescribeTable("is the video of", func(e kernel.Event) {
		id, ok := process.TranscodingKey(e)
		Expect(ok).To(BeTrue())
		Expect(id).To(Equal(film))
	},
		Entry("an upload", video.Uploaded{VideoID: film}), Entry("a wish", video.TranscodingRequested{VideoID: film}), Entry("a playlist", video.PlaylistWritten{VideoID: film}),
		Entry("a deletion", video.Deleted{VideoID: film}), Entry("a completed job", job.Completed{VideoID: film}),
		Entry("a job that failed for good", job.Failed{VideoID: film, Final: true}), Entry("a retried job", job.Retried{VideoID: film}),
	)
	DescribeTable("is none for", func(e kernel.Event) {
		_, ok := process.TranscodingKey(e)
		Expect(ok).To(BeFalse())
	},
		Entry("a job that will be tried again", job.Failed{VideoID: film}), Entry("a requested job", job.Requested{VideoID: film}),
		Entry("an accepted one", job.Accepted{VideoID: film}), Entry("an updated video", video.Updated{VideoID: film}),
		Entry("its own events", process.TranscodingPlanned{VideoID: film}),
	)
})
