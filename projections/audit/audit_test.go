package audit_test

import (
	"flag"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/audit"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

func TestAudit(t *testing.T) {
	NewWithT(t).Expect(flag.Set("rapid.checks", "40")).To(Succeed())
	RegisterFailHandler(Fail)
	RunSpecs(t, "Audit")
}

var quiet = engine.Options{Logger: slog.New(slog.DiscardHandler)}

func types(of []audit.Envelope) []string {
	var all []string
	for _, e := range of {
		all = append(all, e.Type)
	}
	return all
}

var _ = Describe("The audit of one upload", Ordered, func() {
	shape := catalogtest.Shape{Videos: 1, Users: 1}
	all := shape.All()
	video := catalogtest.VideoID(1)
	var a *audit.Audit
	var e *engine.Engine
	BeforeAll(func(ctx SpecContext) {
		var err error
		e, err = engine.Open(ctx, testpg.DSN(GinkgoT()), shape.Source(), []engine.Definition{audit.Definition()}, quiet)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(e.Close)
		a = audit.New(e.DB(audit.Name))
	})
	// logged finds an event of the log by type, the first one.
	logged := func(eventType string) eventstore.Event {
		GinkgoHelper()
		for _, e := range all {
			if e.Type == eventType {
				return e
			}
		}
		Fail("no " + eventType)
		return eventstore.Event{}
	}

	It("has every event with its envelope", func(ctx SpecContext) {
		want := logged("transcoding.planned")
		found, err := a.OfStream(ctx, want.Stream, 0, 10)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(HaveLen(1))
		found[0].RecordedAt = found[0].RecordedAt.UTC()
		Expect(found[0]).To(Equal(audit.Envelope{
			Position: want.Position, Stream: want.Stream, Version: 1, Type: want.Type, EventID: want.EventID,
			CommandID: want.CommandID, Correlation: want.Correlation, Causation: want.Causation, Actor: want.Actor,
			RecordedAt: want.RecordedAt,
		}))
		Expect(want.Causation).To(Equal(logged("video.uploaded").EventID), "otherwise this test shows little")
		Expect(want.Actor.OnBehalfOf).NotTo(BeEmpty())
	})

	It("tells what happened to the video, from any version on", func(ctx SpecContext) {
		found, err := a.OfStream(ctx, video.Stream(), 0, 100)
		Expect(err).NotTo(HaveOccurred())
		Expect(types(found)[:3]).To(Equal([]string{"video.uploaded", "video.pictures-attached", "video.storyboard-attached"}))
		rest, err := a.OfStream(ctx, video.Stream(), 2, 1)
		Expect(err).NotTo(HaveOccurred())
		Expect(rest).To(Equal(found[2:3]))
	})

	It("tells what a user did, and what was done for the user", func(ctx SpecContext) {
		author := kernel.ByUser(catalogtest.UserID(1))
		did, err := a.ByActor(ctx, author, 0, 2)
		Expect(err).NotTo(HaveOccurred())
		Expect(types(did)).To(Equal([]string{"storage.reserved", "video.uploaded"}))
		Expect(a.ByActor(ctx, author, did[0].Position, 1)).To(Equal(did[1:]))
		done, err := a.OnBehalfOf(ctx, author.Person(), 0, 100)
		Expect(err).NotTo(HaveOccurred())
		Expect(types(done)).To(ContainElements("transcoding.planned", "job.requested", "job.released"))
	})

	It("tells all that the request set in motion", func(ctx SpecContext) {
		first := logged("video.uploaded")
		found, err := a.ByCorrelation(ctx, first.Correlation, 0, 1000)
		Expect(err).NotTo(HaveOccurred())
		var want []string
		for _, e := range all {
			if e.Correlation == first.Correlation {
				want = append(want, e.Type)
			}
		}
		Expect(types(found)).To(Equal(want))
		Expect(len(want)).To(BeNumerically(">", 20))
	})

	It("follows causes up to the request, and effects down", func(ctx SpecContext) {
		done := logged("video.playlist-written")
		why, err := a.Causes(ctx, done.EventID)
		Expect(err).NotTo(HaveOccurred())
		Expect(types(why)).To(Equal([]string{"video.playlist-written", "job.completed", "transcoding.planned", "video.uploaded"}))
		effects, err := a.EffectsOf(ctx, logged("video.uploaded").EventID, 1000)
		Expect(err).NotTo(HaveOccurred())
		Expect(types(effects)).To(ContainElements("job.requested", "video.playlist-written"))
		Expect(types(effects)).NotTo(ContainElement("video.uploaded"))
		Expect(a.Causes(ctx, uuid.New())).To(BeEmpty())
	})

	It("counts types", func(ctx SpecContext) {
		counts, err := a.Counts(ctx)
		Expect(err).NotTo(HaveOccurred())
		sum := int64(0)
		for _, c := range counts {
			sum += c.Events
		}
		Expect(sum).To(BeEquivalentTo(len(all)))
		Expect(counts).To(ContainElement(And(HaveField("Type", "job.requested"), HaveField("Events", int64(6)),
			HaveField("FirstPosition", logged("job.requested").Position))))
	})

	It("is the same however the log is cut, and by COPY", func() {
		enginetest.CheckSplits(GinkgoT(), testpg.DSN(GinkgoT()), audit.Definition(), func(t *rapid.T) []enginetest.Fact {
			var facts []enginetest.Fact
			s := catalogtest.Shape{Videos: rapid.IntRange(0, 3).Draw(t, "videos"), Seed: rapid.Uint64().Draw(t, "seed"), Faults: 300}
			for e := range s.Events() {
				facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
			}
			return facts
		})
	})
})

var _ = Describe("The plans of the audit", func() {
	It("read along an index", func(ctx SpecContext) {
		e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), catalogtest.Shape{Videos: 100}.Source(), []engine.Definition{audit.Definition()}, quiet)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(e.Close)
		explain := func(sql string, args ...any) string {
			GinkgoHelper()
			rows, err := e.DB(audit.Name).Query(ctx, "explain "+sql, args...)
			Expect(err).NotTo(HaveOccurred())
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			Expect(err).NotTo(HaveOccurred())
			return strings.Join(lines, "\n")
		}
		along := func(indexes ...string) OmegaMatcher {
			all := []OmegaMatcher{Not(ContainSubstring("Seq Scan"))}
			for _, i := range indexes {
				all = append(all, ContainSubstring(i))
			}
			return And(all...)
		}
		some := catalogtest.VideoID(3).UUID
		Expect(explain(audit.OfStreamSQL, "video", some.String(), 0, 50)).To(along("events_of_stream"))
		Expect(explain(audit.ByActorSQL, "user", catalogtest.UserID(1).String(), 1<<40, 50)).To(along("events_"))
		Expect(explain(audit.ByCorrelationSQL, some, 0, 50)).To(along("events_by_correlation"))
		Expect(explain(audit.CausesSQL, some, 100)).To(along("events_by_id"))
		Expect(explain(audit.EffectsSQL, some, 100, 100)).To(along("events_by_id", "events_by_causation"))
	})
})
