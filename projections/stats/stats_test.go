package stats_test

import (
	"flag"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
	"vidilog/projections/stats"
)

func TestStats(t *testing.T) {
	NewWithT(t).Expect(flag.Set("rapid.checks", "40")).To(Succeed())
	RegisterFailHandler(Fail)
	RunSpecs(t, "Stats")
}

var (
	quiet = engine.Options{Logger: slog.New(slog.DiscardHandler)}
	film  = kernel.VideoID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("film"))}
	other = kernel.VideoID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("other"))}
	// today is when enginetest records the events of these tests.
	today = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
)

func uploaded(id kernel.VideoID, bytes int64) video.Uploaded {
	return video.Uploaded{VideoID: id, Original: video.Rendition{FileName: "o.mov", Bytes: bytes}}
}

func rendition(name string, bytes int64) video.RenditionAdded {
	return video.RenditionAdded{VideoID: film, Rendition: video.Rendition{FileName: name, Bytes: bytes}}
}

var _ = Describe("The instance's totals", func() {
	var s *stats.Stats
	var given func(ctx SpecContext, events ...kernel.Event)
	BeforeEach(func(ctx SpecContext) {
		log := enginetest.NewLog()
		e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), log, []engine.Definition{stats.Definition()}, quiet)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(e.Close)
		s = stats.New(e.DB(stats.Name))
		given = func(ctx SpecContext, events ...kernel.Event) {
			GinkgoHelper()
			at := log.Append()
			for _, e := range events {
				at = log.Append(enginetest.Fact{Stream: film.Stream(), Data: e})
			}
			Expect(e.Wait(ctx, []string{stats.Name}, at)).To(BeTrue(), "the model does not follow")
		}
	})

	It("are zero in the beginning", func(ctx SpecContext) {
		Expect(s.Totals(ctx)).To(Equal(stats.Totals{}))
		Expect(s.Days(ctx, today, today)).To(BeEmpty())
	})

	It("count users, videos, views and the bytes that are there", func(ctx SpecContext) {
		given(ctx, user.Created{}, uploaded(film, 100), uploaded(other, 10),
			video.RenditionRemoved{VideoID: film, FileName: "o.mov"}, rendition("a.mp4", 50), rendition("b.mp4", 5),
			video.ViewsCounted{VideoID: film, Views: 3, From: today, To: today})
		Expect(s.Totals(ctx)).To(Equal(stats.Totals{Users: 1, Videos: 2, Views: 3, FileBytes: 65}))
		given(ctx, video.Deleted{VideoID: film})
		Expect(s.Totals(ctx)).To(Equal(stats.Totals{Users: 1, Videos: 1, Views: 3, FileBytes: 10}))
	})

	It("are told by day, views on the day they began", func(ctx SpecContext) {
		yesterday := today.Add(-time.Hour)
		given(ctx, user.Created{}, uploaded(film, 100), uploaded(other, 10), video.Deleted{VideoID: film},
			video.ViewsCounted{VideoID: other, Views: 4, From: yesterday, To: today.Add(time.Hour)})
		Expect(s.Days(ctx, yesterday, today)).To(Equal([]stats.Day{
			{Day: today.AddDate(0, 0, -1), Views: 4},
			{Day: today, Users: 1, Uploads: 2, Deletions: 1, UploadedBytes: 110},
		}))
		Expect(s.Days(ctx, today, today)).To(HaveLen(1))
	})

	It("are the same however the log is cut, and by COPY", func() {
		enginetest.CheckSplits(GinkgoT(), testpg.DSN(GinkgoT()), stats.Definition(), func(t *rapid.T) []enginetest.Fact {
			shape := catalogtest.Shape{
				Videos: rapid.IntRange(0, 8).Draw(t, "videos"), Seed: rapid.Uint64().Draw(t, "seed"),
				Deletions: 300, WithoutJobs: true,
			}
			var facts []enginetest.Fact
			for e := range shape.Events() {
				facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
			}
			return facts
		})
	})
})
