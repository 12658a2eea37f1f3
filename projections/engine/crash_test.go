package engine_test

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
	"vidilog/internal/embedded/testpg"
	"vidilog/internal/failpoint"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

// The environment of a child process that is to die.
const (
	crashDSN  = "VIDILOG_TEST_CRASH_DSN"
	crashTask = "VIDILOG_TEST_CRASH_TASK"
)

// crashFacts is the log that parent and child agree on.
func crashFacts() (facts []enginetest.Fact) {
	for n := range 200 {
		facts = append(facts, add(n), fact(n/2, seen{Views: 1}), fact(n, filed{Resolution: n % 3}))
	}
	return facts
}

// choppy answers few events at a time, so that a build of a small log has many spills.
type choppy struct{ *enginetest.Log }

func (c choppy) From(after eventstore.Position) engine.Cursor { return choppyCursor{c.Log.From(after)} }

type choppyCursor struct{ engine.Cursor }

func (c choppyCursor) Next(ctx context.Context, limit int) ([]eventstore.Event, error) {
	return c.Cursor.Next(ctx, min(limit, 30))
}

// TestCrashChild is the child: it works until a failpoint kills it, and fails when none does.
func TestCrashChild(t *testing.T) {
	dsn := os.Getenv(crashDSN)
	if dsn == "" {
		t.Skip("runs as a child of the crash test only")
	}
	ctx := context.Background()
	options := engine.Options{Logger: slog.New(slog.DiscardHandler), BuildMemory: 30_000}
	log := enginetest.NewLog(crashFacts()[:300]...)
	e, err := engine.Connect(ctx, dsn, choppy{log}, []engine.Definition{library()}, options)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv(crashTask) == "rebuild" {
		_, err = e.Rebuild(ctx, "library", nil)
		t.Fatalf("the rebuild ended: %v", err)
	}
	if err := e.Start(ctx); err != nil {
		t.Fatal(err)
	}
	for _, f := range crashFacts()[300:] {
		e.Wait(ctx, []string{"library"}, log.Append(f))
	}
	t.Fatal("the child survived")
}

// crash runs the child with a failpoint armed and expects it to be killed there.
func crash(dsn, task, arm string) {
	GinkgoHelper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestCrashChild$")
	child.Env = append(os.Environ(), crashDSN+"="+dsn, crashTask+"="+task, failpoint.Environment+"="+arm)
	output, err := child.CombinedOutput()
	Expect(err).To(MatchError("signal: killed"), string(output))
}

var _ = Describe("A process that is killed", func() {
	ctx := context.Background()

	DescribeTable("leaves a read model that goes on without loss or repetition", func(arm string) {
		dsn := testpg.DSN(GinkgoT())
		crash(dsn, "serve", arm)
		e := open(dsn, enginetest.NewLog(crashFacts()...), library())
		Expect(e.Wait(ctx, []string{"library"}, 600)).To(BeTrue())
		Expect(count(ctx, e.DB("library"), "select count(*) from books")).To(BeEquivalentTo(200))
		Expect(count(ctx, e.DB("library"), "select sum(views) from books")).To(BeEquivalentTo(200))
		Expect(verified(e).Same()).To(BeTrue())
		Expect(statesOf(e)).To(HaveLen(1))
	},
		Entry("before the first rows of the first build", "projection.before-commit=kill@1"),
		Entry("between two spills of the first build", "projection.after-commit=kill@2"),
		Entry("before a later spill", "projection.before-commit=kill@4"),
		Entry("before the first build is made live", "projection.before-flip=kill"),
		Entry("before a live batch", "projection.before-commit=kill@40"),
		Entry("after a live batch", "projection.after-commit=kill@40"),
	)

	DescribeTable("leaves the live build to its readers when it was rebuilding", func(arm string) {
		dsn := testpg.DSN(GinkgoT())
		server := open(dsn, enginetest.NewLog(crashFacts()[:300]...), library())
		crash(dsn, "rebuild", arm)
		Expect(count(ctx, server.DB("library"), "select count(*) from books")).To(BeEquivalentTo(100))
		Expect(statesOf(server)).To(HaveKeyWithValue("rm_library_v1_b2", engine.Building))

		r, err := server.Rebuild(ctx, "library", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(r.Differs()).To(BeFalse())
		Expect(statesOf(server)).To(Equal(map[string]engine.State{"rm_library_v1_b1": engine.Warm, r.Build.Schema: engine.Live}),
			"what the killed one left is gone")
	},
		Entry("in the middle", "projection.after-commit=kill@2"),
		Entry("before the flip", "projection.before-flip=kill"),
	)
})
