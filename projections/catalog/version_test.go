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
			"c6d7911d3a3976f86a17617469fe6dda9a7cc43c446c46649bb3d2e33e270be3")
	})
})
