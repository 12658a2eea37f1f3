package jobs_test

import (
	"context"
	"flag"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
	"vidilog/projections/jobs"
)

func TestJobs(t *testing.T) {
	NewWithT(t).Expect(flag.Set("rapid.checks", "40")).To(Succeed())
	RegisterFailHandler(Fail)
	RunSpecs(t, "Jobs")
}

// quiet keeps what the engine says of every build out of the report.
var quiet = engine.Options{Logger: slog.New(slog.DiscardHandler)}

// world is a log, the model behind it and the questions to it.
type world struct {
	*jobs.Jobs
	log    *enginetest.Log
	engine *engine.Engine
}

func newWorld(ctx context.Context) *world {
	GinkgoHelper()
	log := enginetest.NewLog()
	e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), log, []engine.Definition{jobs.Definition()}, quiet)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(e.Close)
	return &world{Jobs: jobs.New(e.DB(jobs.Name)), log: log, engine: e}
}

// given appends events and waits until the model shows them. All go to one stream: the model looks into events only.
func (w *world) given(ctx context.Context, events ...kernel.Event) {
	GinkgoHelper()
	at := w.log.Append()
	for _, e := range events {
		at = w.log.Append(enginetest.Fact{Stream: kernel.StreamID{Kind: "job", ID: "any"}, Data: e})
	}
	Expect(w.engine.Wait(ctx, []string{jobs.Name}, at)).To(BeTrue(), "the model does not follow")
}

var (
	film  = kernel.VideoID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("film"))}
	epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) // enginetest's: the event at position n is n seconds later
)

func at(position int) *time.Time {
	t := epoch.Add(time.Duration(position) * time.Second)
	return &t
}

func jobID(name string) kernel.JobID {
	return kernel.JobID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name))}
}

// wanted is a request under a name; more of it can be set.
func wanted(name string, change ...func(*job.Requested)) job.Requested {
	r := job.Requested{
		JobID: jobID(name), IntegerID: 5, VideoID: film, Priority: 100, MaxAttempts: 3,
		Order: job.Order{Type: job.WebVideoTranscoding, Resolution: 720, FPS: 25, FileName: name + ".mp4"},
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

var _ = Describe("The reducer", func() {
	It("gives the same rows however the log is cut, and by COPY", func() {
		enginetest.CheckSplits(GinkgoT(), testpg.DSN(GinkgoT()), jobs.Definition(), func(t *rapid.T) []enginetest.Fact {
			shape := catalogtest.Shape{Videos: rapid.IntRange(0, 8).Draw(t, "videos"), Seed: rapid.Uint64().Draw(t, "seed"), Faults: 400}
			var facts []enginetest.Fact
			for e := range shape.Events() {
				facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
			}
			return facts
		})
	})
})
