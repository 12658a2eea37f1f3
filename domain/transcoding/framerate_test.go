package transcoding_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

var _ = Describe("The frame rate of a file", func() {
	DescribeTable("follows the source", func(input int, r transcoding.Resolution, isSource bool, limit, output int) {
		Expect(transcoding.Policy{MaxFPS: limit}.OutputFPS(input, r, isSource)).To(Equal(output))
	},
		Entry("30 stays", 30, transcoding.Resolution(240), false, 60, 30),
		Entry("1 stays", 1, transcoding.Resolution(240), false, 60, 1),
		Entry("60 stays from 720p", 60, transcoding.Resolution(720), false, 60, 60),
		Entry("60 stays in the source's own resolution", 60, transcoding.Resolution(480), true, 60, 60),
		Entry("60 drops to 30 in a small file", 60, transcoding.Resolution(480), false, 60, 30),
		Entry("50 drops to 25, which divides it", 50, transcoding.Resolution(480), false, 60, 25),
		Entry("48 drops to 24, which divides it", 48, transcoding.Resolution(480), false, 60, 24),
		Entry("59 drops to 25, which has the smallest remainder", 59, transcoding.Resolution(480), false, 60, 25),
		Entry("120 drops to the limit, source or not", 120, transcoding.Resolution(1080), true, 60, 60),
		Entry("100 drops to 50, which divides it", 100, transcoding.Resolution(1080), true, 60, 50),
		Entry("90 drops to 60, which has the smaller remainder", 90, transcoding.Resolution(1080), false, 60, 60),
		Entry("60 drops to a low limit", 60, transcoding.Resolution(1080), true, 30, 30),
		Entry("60 drops to a limit below every usual rate", 60, transcoding.Resolution(240), false, 10, 10),
		Entry("25 drops to a limit below every usual rate", 25, transcoding.Resolution(240), false, 20, 20),
		Entry("no limit means 60", 240, transcoding.Resolution(1080), true, 0, 60),
	)
	It("refuses a source that stands still", func() {
		_, err := transcoding.Policy{}.OutputFPS(0, 720, true)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnprocessable))
	})
})

func TestFrameRateNeverRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		input, limit := rapid.IntRange(1, 1000).Draw(t, "input"), rapid.IntRange(1, 240).Draw(t, "limit")
		r := rapid.SampledFrom(transcoding.StandardResolutions()).Draw(t, "resolution")
		fps, err := transcoding.Policy{MaxFPS: limit}.OutputFPS(input, r, rapid.Bool().Draw(t, "source"))
		if err != nil || fps < 1 || fps > min(input, limit) {
			t.Fatalf("%d became %d (%v)", input, fps, err)
		}
	})
}
