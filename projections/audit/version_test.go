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
			"fc1181fc66fe870f998db27156304d19b9b04b4068ea76ae725032a4926eaf3f")
	})
})
