package catalog_test

import (
	"context"
	"flag"
	"log/slog"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

func TestCatalog(t *testing.T) {
	// Logs of many videos hit every kind of event soon.
	Expect := NewWithT(t).Expect
	Expect(flag.Set("rapid.checks", "40")).To(Succeed())
	RegisterFailHandler(Fail)
	RunSpecs(t, "Catalog")
}

// quiet keeps what the engine says of every build out of the report.
var quiet = engine.Options{Logger: slog.New(slog.DiscardHandler)}

// world is a log, the model behind it and the questions to it.
type world struct {
	*catalog.Catalog
	log    *enginetest.Log
	engine *engine.Engine
}

func newWorld(ctx context.Context) *world {
	GinkgoHelper()
	log := enginetest.NewLog()
	e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), log, []engine.Definition{catalog.Definition()}, quiet)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(e.Close)
	return &world{Catalog: catalog.New(e.DB(catalog.Name)), log: log, engine: e}
}

// given appends events to their streams and waits until the model shows them.
func (w *world) given(ctx context.Context, events ...kernel.Event) {
	GinkgoHelper()
	facts := make([]enginetest.Fact, len(events))
	for i, e := range events {
		facts[i] = fact(e)
	}
	at := w.log.Append(facts...)
	Expect(w.engine.Wait(ctx, []string{catalog.Name}, at)).To(BeTrue(), "the model does not follow")
}
