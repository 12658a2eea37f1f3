package engine_test

import (
	"testing/fstest"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/projections/engine"
)

var _ = Describe("The statements of a model", func() {
	files := fstest.MapFS{
		"sql/all.sql":     {Data: []byte("select {columns} from films\n")},
		"sql/columns.sql": {Data: []byte("id,\n  name\n")},
	}

	It("are read by name, with the columns they share", func() {
		Expect(engine.Queries(files)("all")).To(Equal("select id,\n  name from films\n"))
	})

	It("need no shared columns", func() {
		Expect(engine.Queries(fstest.MapFS{"sql/one.sql": {Data: []byte("select 1")}})("one")).To(Equal("select 1"))
	})

	It("panic when one is missing", func() {
		Expect(func() { engine.Queries(files)("none") }).To(PanicWith(MatchError(ContainSubstring("sql/none.sql"))))
	})
})
