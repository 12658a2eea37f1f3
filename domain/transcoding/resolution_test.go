package transcoding_test

import (
	"slices"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/transcoding"
)

type resolutions = []transcoding.Resolution

var _ = Describe("Resolutions", func() {
	policy := transcoding.Policy{Resolutions: resolutions{240, 480, 720, 1080}, MaxFPS: 60}
	everything := transcoding.Policy{Resolutions: transcoding.StandardResolutions()}
	keeping := func(p transcoding.Policy) transcoding.Policy { p.AlwaysOriginalResolution = true; return p }

	DescribeTable("the largest file", func(p transcoding.Policy, input, largest int) {
		Expect(p.OriginalResolution(transcoding.Resolution(input))).To(Equal(transcoding.Resolution(largest)))
	},
		Entry("is the input's when that is enabled", policy, 720, 720),
		Entry("is the next smaller one when not", policy, 719, 480),
		Entry("is the largest enabled for a larger input", policy, 2160, 1080),
		Entry("is the input's, made even, when nothing is as small", policy, 101, 102),
		Entry("is the input's, made even, when the policy keeps it", keeping(policy), 719, 720),
		Entry("never is the audio-only one", transcoding.Policy{Resolutions: resolutions{0}}, 360, 360),
		Entry("is the input's when nothing is enabled", transcoding.Policy{}, 360, 360),
	)

	It("works on the sizes that most people watch first", func() {
		Expect(everything.UpTo(4000, false, true)).To(Equal(resolutions{0, 480, 360, 720, 240, 144, 1080, 1440, 2160}))
	})
	It("does not enlarge", func() {
		Expect(everything.UpTo(480, false, true)).To(Equal(resolutions{0, 480, 360, 240, 144}))
	})
	It("adds the input, even, after the others", func() {
		Expect(policy.UpTo(479, true, true)).To(Equal(resolutions{240, 480}))
		Expect(policy.UpTo(720, true, true)).To(Equal(resolutions{480, 720, 240}))
	})
	It("makes no audio-only file of a silent source", func() {
		Expect(everything.LowerResolutions(360, false)).To(Equal(resolutions{240, 144}))
	})
	It("has only smaller ones below the largest", func() {
		Expect(policy.LowerResolutions(720, true)).To(Equal(resolutions{480, 240}))
	})

	DescribeTable("the label", func(r, width, height int, label string) {
		Expect(transcoding.Resolution(r).Label(width, height)).To(Equal(label))
	},
		Entry("of a standard size", 720, 1280, 720, "720p"),
		Entry("of sound only", 0, 0, 0, "Audio only"),
		Entry("of a cinema format", 816, 1920, 816, "1080p"),
		Entry("of a cinema format on its side", 534, 534, 1280, "720p"),
		Entry("of an unusual size", 500, 501, 500, "500p"),
		Entry("of an unusual size with unknown sides", 816, 0, 0, "816p"),
	)

	DescribeTable("fits a picture", func(r, width, height, fitWidth, fitHeight int) {
		w, h := transcoding.Resolution(r).Fit(width, height)
		Expect([]int{w, h}).To(Equal([]int{fitWidth, fitHeight}))
	},
		Entry("16:9 to 240", 240, 1280, 720, 426, 240),
		Entry("16:9 to 480", 480, 1920, 1080, 854, 480),
		Entry("16:9 to 144", 144, 1920, 1080, 256, 144),
		Entry("a portrait", 360, 1080, 1920, 360, 640),
		Entry("a square", 240, 500, 500, 240, 240),
		Entry("an odd size", 241, 321, 241, 322, 242),
		Entry("a thread", 2, 9000, 2, 9000, 2),
		Entry("no picture", 0, 0, 0, 0, 0),
	)
})

func TestResolutionsNeverEnlargeAndFitKeepsTheShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := transcoding.Policy{Resolutions: rapid.SliceOf(rapid.SampledFrom(transcoding.StandardResolutions())).Draw(t, "enabled")}
		width, height := rapid.IntRange(2, 8000).Draw(t, "width"), rapid.IntRange(2, 8000).Draw(t, "height")
		input := transcoding.Resolution(min(width, height))
		largest := policy.OriginalResolution(input)
		if largest > input.Even() || largest < 1 {
			t.Fatalf("%d became %d", input, largest)
		}
		for _, r := range append(policy.LowerResolutions(largest, true), largest) {
			if r > input.Even() || (r != largest && !slices.Contains(policy.Resolutions, r)) {
				t.Fatalf("%d is not allowed for %d", r, input)
			}
			if w, h := r.Fit(width, height); w%2+h%2 != 0 || (r > 0 && min(w, h) != int(r.Even())) {
				t.Fatalf("%dx%d at %d became %dx%d", width, height, r, w, h)
			}
		}
	})
}
