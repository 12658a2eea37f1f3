package manifest_test

import (
	. "github.com/onsi/ginkgo/v2"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine/enginetest"
	"vidilog/projections/manifest"
)

var _ = Describe("The version", func() {
	It("is raised when the tables, or the rows of the same log, change", func() {
		var facts []enginetest.Fact
		for e := range catalogtest.Fixture.Events() {
			facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
		}
		enginetest.CheckDigest(GinkgoT(), testpg.DSN(GinkgoT()), manifest.Definition(), facts,
			"e217f656ead1f081b89b01a85959cc06b078735d4cfcfc0328f597181d2c5529")
	})
})
