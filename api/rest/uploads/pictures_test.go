package uploads_test

import (
	"context"
	"errors"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/uploads"
	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
)

// shown answers one state of a video after the other, and the last for ever.
type shown struct {
	states []catalog.Video
	looks  int
}

func (s *shown) videos(context.Context, []kernel.VideoID) ([]catalog.Video, error) {
	at := min(s.looks, len(s.states)-1)
	s.looks++
	return s.states[at : at+1], nil
}

var _ = Describe("An answer that waits for pictures", func() {
	var id kernel.VideoID

	It("comes when both are shown", func(ctx SpecContext) {
		s := &shown{states: []catalog.Video{{}, {Thumbnail: "author.jpg"}, {Thumbnail: "author.jpg", Preview: "a.jpg"}}}
		uploads.Pictures{Videos: s.videos, Within: time.Minute}.Await(ctx, id, "")
		Expect(s.looks).To(Equal(3))
	}, NodeTimeout(20*time.Second))

	It("does not take those of the file before for those of the new one", func(ctx SpecContext) {
		s := &shown{states: []catalog.Video{{Thumbnail: "old.jpg", Preview: "b.jpg"}, {Thumbnail: "new.jpg", Preview: "c.jpg"}}}
		uploads.Pictures{Videos: s.videos, Within: time.Minute}.Await(ctx, id, "old.jpg")
		Expect(s.looks).To(Equal(2))
	}, NodeTimeout(20*time.Second))

	It("comes without them when they take too long", func(ctx SpecContext) {
		s := &shown{states: []catalog.Video{{}}}
		began := time.Now()
		uploads.Pictures{Videos: s.videos, Within: 50 * time.Millisecond}.Await(ctx, id, "")
		Expect(time.Since(began)).To(BeNumerically(">=", 50*time.Millisecond))
	}, NodeTimeout(20*time.Second))

	It("comes at once when nothing can be seen", func(ctx SpecContext) {
		looks := 0
		uploads.Pictures{Within: time.Minute, Videos: func(context.Context, []kernel.VideoID) ([]catalog.Video, error) {
			looks++
			return nil, errors.New("no database")
		}}.Await(ctx, id, "")
		Expect(looks).To(Equal(1))
	}, NodeTimeout(20*time.Second))
})
