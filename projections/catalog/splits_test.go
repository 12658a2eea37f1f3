package catalog_test

import (
	. "github.com/onsi/ginkgo/v2"
	"pgregory.net/rapid"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine/enginetest"
)

var _ = Describe("The reducer", func() {
	It("gives the same rows however the log is cut, and by COPY", func() {
		enginetest.CheckSplits(GinkgoT(), testpg.DSN(GinkgoT()), catalog.Definition(), func(t *rapid.T) []enginetest.Fact {
			shape := catalogtest.Shape{
				Videos: rapid.IntRange(0, 12).Draw(t, "videos"), Users: rapid.IntRange(1, 3).Draw(t, "users"),
				Seed: rapid.Uint64().Draw(t, "seed"), Faults: 300, Deletions: 300, Hidden: 400,
			}
			var facts []enginetest.Fact
			for e := range shape.Events() {
				facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
			}
			return facts
		})
	})
})
