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
			"ee723c554de4b515c612e79510ecd77b51a089fba3372b8c763567dc53347e68")
	})
})
