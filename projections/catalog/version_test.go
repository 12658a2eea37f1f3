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
			"b49abeb68ae9e98a9639d2adf1a132d04471fa7709df4f7c7cfe826f2b1cecb3")
	})
})
