package catalog_test

import (
	. "github.com/onsi/ginkgo/v2"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine/enginetest"
)

var _ = Describe("The version", func() {
	It("is raised when the tables, or the rows of the same log, change", func() {
		var facts []enginetest.Fact
		for e := range catalogtest.Fixture.Events() {
			facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
		}
		enginetest.CheckDigest(GinkgoT(), testpg.DSN(GinkgoT()), catalog.Definition(), facts,
			"73bd15598ec1d303e95e7d3925d446dab46c3a5753610ae402f4c5abfa3f4d8b")
	})
})
