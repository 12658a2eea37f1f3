package stats_test

import (
	. "github.com/onsi/ginkgo/v2"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine/enginetest"
	"vidilog/projections/stats"
)

var _ = Describe("The version", func() {
	It("is raised when the tables, or the rows of the same log, change", func() {
		var facts []enginetest.Fact
		for e := range catalogtest.Fixture.Events() {
			facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
		}
		enginetest.CheckDigest(GinkgoT(), testpg.DSN(GinkgoT()), stats.Definition(), facts,
			"ba35eb41cc6b3cd03e3b25ed1c1383461f40aac236cde8b6f5e84298b92f1a8b")
	})
})
