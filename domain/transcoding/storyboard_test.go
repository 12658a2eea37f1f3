package transcoding_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/transcoding"
)

var _ = Describe("The storyboard", func() {
	DescribeTable("has a grid with one picture a second as long as there is room",
		func(seconds, columns, rows, every int) {
			s, ok := transcoding.StoryboardOf(seconds, 1280, 720)
			Expect(ok).To(BeTrue())
			Expect([]int{s.Columns, s.Rows, s.SpriteSeconds}).To(Equal([]int{columns, rows, every}))
		},
		Entry("3 s", 3, 3, 1, 1),
		Entry("11 s", 11, 11, 1, 1),
		Entry("12 s", 12, 6, 2, 1),
		Entry("121 s", 121, 11, 11, 1),
		Entry("124 s", 124, 11, 6, 2),
		Entry("an hour", 3600, 11, 11, 30),
	)
	DescribeTable("keeps the shape of the picture", func(width, height, spriteWidth, spriteHeight int) {
		s, _ := transcoding.StoryboardOf(12, width, height)
		Expect([]int{s.SpriteWidth, s.SpriteHeight}).To(Equal([]int{spriteWidth, spriteHeight}))
	},
		Entry("16:9", 1280, 720, 192, 108),
		Entry("portrait", 720, 1280, 108, 192),
		Entry("square", 500, 500, 192, 192),
		Entry("a thread", 4000, 4, 192, 1),
	)
	It("says how large the whole is", func() {
		s, _ := transcoding.StoryboardOf(12, 1280, 720)
		Expect([]int{s.TotalWidth(), s.TotalHeight()}).To(Equal([]int{1152, 216}))
	})
	DescribeTable("is not made", func(seconds, width int) {
		_, ok := transcoding.StoryboardOf(seconds, width, 720)
		Expect(ok).To(BeFalse())
	},
		Entry("of 2 seconds", 2, 1280),
		Entry("of sound", 60, 0),
	)
})

func TestStoryboardsHaveRoomForTheWholeVideo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.IntRange(3, 200_000).Draw(t, "seconds")
		s, ok := transcoding.StoryboardOf(seconds, rapid.IntRange(1, 8000).Draw(t, "width"), rapid.IntRange(1, 8000).Draw(t, "height"))
		if !ok || s.Columns > 11 || s.Rows > 11 || s.Columns*s.Rows*s.SpriteSeconds < seconds || s.SpriteWidth < 1 || s.SpriteHeight < 1 {
			t.Fatalf("%d s: %+v", seconds, s)
		}
	})
}
