package catalog_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var _ = Describe("Storyboards", func() {
	It("are those of the moment, and raise the video's revision", func(ctx SpecContext) {
		w := newWorld(ctx)
		w.given(ctx, annaHere...)
		w.given(ctx, theFilm())
		Expect(w.Storyboards(ctx, film)).To(BeEmpty())
		revision := func() any {
			v, err := w.Video(ctx, catalog.ByID(film))
			Expect(err).NotTo(HaveOccurred())
			return v.Revision
		}
		before := revision()
		for _, name := range []string{"a.jpg", "b.jpg"} {
			w.given(ctx, video.StoryboardAttached{VideoID: film, Storyboard: video.Storyboard{
				FileName: name, TotalWidth: 1152, TotalHeight: 216, SpriteWidth: 192, SpriteHeight: 108, SpriteSeconds: 2,
			}})
		}
		Expect(w.Storyboards(ctx, film)).To(HaveExactElements(catalog.Storyboard{
			FileName: "b.jpg", TotalWidth: 1152, TotalHeight: 216, SpriteWidth: 192, SpriteHeight: 108, SpriteSeconds: 2,
		}))
		Expect(revision()).To(BeNumerically(">", before))
		w.given(ctx, video.Deleted{VideoID: film})
		Expect(w.Storyboards(ctx, film)).To(BeEmpty())
	})
})
