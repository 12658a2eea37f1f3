package uploads_test

import (
	"context"
	"errors"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/uploads"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/catalog"
)

// shown is what is seen of a video at the positions 1, 2 and so on; after the last nothing happens.
type shown struct {
	states []catalog.Video
	at     int
	looks  int
}

func (s *shown) pictures(within time.Duration) uploads.Pictures {
	return uploads.Pictures{
		Within: within,
		Videos: func(context.Context, []kernel.VideoID) ([]catalog.Video, error) {
			s.looks++
			return s.states[s.at : s.at+1], nil
		},
		Position: func() eventstore.Position { return eventstore.Position(s.at + 1) },
		Past: func(ctx context.Context, position eventstore.Position) bool {
			Expect(position).To(BeEquivalentTo(s.at + 1))
			if s.at == len(s.states)-1 {
				<-ctx.Done()
				return false
			}
			s.at++
			return true
		},
	}
}

var _ = Describe("An answer that waits for pictures", func() {
	var id kernel.VideoID

	It("comes when both are shown", func(ctx SpecContext) {
		s := &shown{states: []catalog.Video{{}, {Thumbnail: "author.jpg"}, {Thumbnail: "author.jpg", Preview: "a.jpg"}}}
		s.pictures(time.Minute).Await(ctx, id, "")
		Expect(s.looks).To(Equal(3))
	}, NodeTimeout(20*time.Second))

	It("does not take those of the file before for those of the new one", func(ctx SpecContext) {
		s := &shown{states: []catalog.Video{{Thumbnail: "old.jpg", Preview: "b.jpg"}, {Thumbnail: "new.jpg", Preview: "c.jpg"}}}
		s.pictures(time.Minute).Await(ctx, id, "old.jpg")
		Expect(s.looks).To(Equal(2))
	}, NodeTimeout(20*time.Second))

	It("comes without them when they take too long", func(ctx SpecContext) {
		s := &shown{states: []catalog.Video{{}}}
		began := time.Now()
		s.pictures(50*time.Millisecond).Await(ctx, id, "")
		Expect(time.Since(began)).To(BeNumerically(">=", 50*time.Millisecond))
	}, NodeTimeout(20*time.Second))

	It("does not miss what comes while it looks", func(ctx SpecContext) {
		s := &shown{states: []catalog.Video{{}, {Thumbnail: "t.jpg", Preview: "p.jpg"}}}
		p := s.pictures(time.Minute)
		look, past := p.Videos, p.Past
		p.Videos = func(ctx context.Context, ids []kernel.VideoID) ([]catalog.Video, error) {
			found, err := look(ctx, ids)
			s.at = 1
			return found, err
		}
		p.Past = func(ctx context.Context, position eventstore.Position) bool {
			return position < eventstore.Position(s.at+1) || past(ctx, position)
		}
		p.Await(ctx, id, "")
		Expect(s.looks).To(Equal(2))
		Expect(ctx.Err()).NotTo(HaveOccurred())
	}, NodeTimeout(20*time.Second))

	DescribeTable("comes at once when nothing more will be seen", func(ctx SpecContext, failure error) {
		looks := 0
		uploads.Pictures{
			Within: time.Minute,
			Videos: func(context.Context, []kernel.VideoID) ([]catalog.Video, error) {
				looks++
				return nil, failure
			},
			Position: func() eventstore.Position { return 1 },
			Past:     func(context.Context, eventstore.Position) bool { return false },
		}.Await(ctx, id, "")
		Expect(looks).To(Equal(1))
	},
		Entry("because there is no database", NodeTimeout(20*time.Second), errors.New("no database")),
		Entry("because the model stands still", NodeTimeout(20*time.Second), nil),
	)
})
