package video_test

import (
	. "github.com/onsi/ginkgo/v2"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

var _ = Describe("Attaching a storyboard", func() {
	board := func(name string) video.Storyboard {
		return video.Storyboard{FileName: name, TotalWidth: 1152, TotalHeight: 216, SpriteWidth: 192, SpriteHeight: 108, SpriteSeconds: 1}
	}
	attached := func(name, replaced string) video.StoryboardAttached {
		return video.StoryboardAttached{VideoID: id, Storyboard: board(name), Replaced: replaced}
	}

	It("records it", func() {
		scenario.Given(uploaded()).When(video.AttachStoryboard{Storyboard: board("a.jpg")}).Then(attached("a.jpg", ""))
	})
	It("names the one it replaces, whose file may go", func() {
		scenario.Given(uploaded(), attached("a.jpg", "")).When(video.AttachStoryboard{Storyboard: board("b.jpg")}).
			Then(attached("b.jpg", "a.jpg"))
	})
	It("again is nothing", func() {
		scenario.Given(uploaded(), attached("a.jpg", "")).When(video.AttachStoryboard{Storyboard: board("a.jpg")}).ThenNothing()
	})
	It("is refused for a video that is gone, so that the caller removes the file", func() {
		scenario.Given(uploaded(), video.Deleted{VideoID: id}).When(video.AttachStoryboard{Storyboard: board("a.jpg")}).
			ThenError(kernel.CodeNotFound)
	})
})
