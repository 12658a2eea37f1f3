package media_test

import (
	"context"
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media/mediatest"
)

var _ = Describe("Describing a file", needsFFmpeg, func() {
	It("answers format, streams and chapters with numbers, without the file's name", func() {
		text, err := tools.Describe(context.Background(), mediatest.Video(GinkgoT(), mediatest.Spec{}))
		Expect(err).NotTo(HaveOccurred())
		var answer struct {
			Format            map[string]any
			Streams, Chapters []map[string]any
		}
		Expect(json.Unmarshal(text, &answer)).To(Succeed())
		Expect(answer.Format).To(And(HaveKeyWithValue("duration", BeNumerically(">", 0)), HaveKey("format_name"), Not(HaveKey("filename"))))
		Expect(answer.Streams).To(ContainElement(And(HaveKeyWithValue("codec_type", "video"), HaveKeyWithValue("bit_rate", BeNumerically(">", 0)))))
		Expect(answer.Chapters).NotTo(BeNil())
	})
	It("refuses what is no media file", func() {
		_, err := tools.Describe(context.Background(), "/dev/null")
		Expect(err).To(HaveOccurred())
	})
})
