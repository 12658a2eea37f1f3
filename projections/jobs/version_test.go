package jobs_test

import (
	. "github.com/onsi/ginkgo/v2"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine/enginetest"
	"vidilog/projections/jobs"
)

var _ = Describe("The version", func() {
	It("is raised when the tables, or the rows of the same log, change", func() {
		var facts []enginetest.Fact
		for e := range catalogtest.Fixture.Events() {
			facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
		}
		enginetest.CheckDigest(GinkgoT(), testpg.DSN(GinkgoT()), jobs.Definition(), facts,
			"8ed5c093cd2a3f24c86dec2284ece940b284380a40c8c0b636f038ccf1860de1")
	})
})
