package archtest_test

import (
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/archtest"
)

var _ = DescribeTable("SQL on the tables of the log", func(file, text string, expected ...string) {
	folder := GinkgoT().TempDir()
	path := filepath.Join(folder, file)
	Expect(os.MkdirAll(filepath.Dir(path), 0o755)).To(Succeed())
	Expect(os.WriteFile(path, []byte(text), 0o600)).To(Succeed())
	Expect(archtest.CheckSQL(folder)).To(HaveExactElements(expected))
},
	Entry("belongs to the event store", "eventstore/postgres/read.go", "SELECT 1 FROM vidilog_"+"log.events"),
	Entry("is refused in a read model", "projections/catalog/list.sql", "SELECT 1 FROM vidilog_"+"log.events",
		"projections/catalog/list.sql names vidilog_"+"log.events: only eventstore has SQL on the tables of the log; use its ports"),
	Entry("is refused in Go", "api/a.go", `"SELECT 1 FROM \"vidilog_`+`log\".\"streams\""`,
		`api/a.go names vidilog_`+`log\".\"streams: only eventstore has SQL on the tables of the log; use its ports`),
	Entry("is not a metric", "internal/telemetry/names.go", `"vidilog_log_appends_total"`),
)
