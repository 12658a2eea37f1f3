package audit_test

import (
	. "github.com/onsi/ginkgo/v2"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/audit"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine/enginetest"
)

var _ = Describe("The version", func() {
	It("is raised when the tables, or the rows of the same log, change", func() {
		var facts []enginetest.Fact
		for e := range catalogtest.Fixture.Events() {
			facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
		}
		enginetest.CheckDigest(GinkgoT(), testpg.DSN(GinkgoT()), audit.Definition(), facts,
			"d65534597edd05209206b416beb987ba6261649f8ba6ea10951da001a3e8ed16")
	})
})
