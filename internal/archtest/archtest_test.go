package archtest_test

import (
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/archtest"
)

func TestArchitecture(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Architecture")
}

const (
	module = "vidilog"
	root   = "../.." // tests run in the folder of their package
)

var _ = Describe("The packages of this module", func() {
	It("import what the table allows, and are all in it", func() {
		packages, err := archtest.Load(root)
		Expect(err).NotTo(HaveOccurred())
		Expect(packages).To(ContainElement(HaveField("Path", "domain/kernel")), "the walk found no source")

		broken := archtest.Check(module, archtest.Table, packages)
		Expect(broken).To(BeEmpty(), strings.Join(broken, "\n"))
	})

	It("list and fold every event", func() {
		packages, err := archtest.Load(root)
		Expect(err).NotTo(HaveOccurred())
		broken, err := archtest.CheckFolds(root, packages)
		Expect(err).NotTo(HaveOccurred())
		Expect(broken).To(BeEmpty(), strings.Join(broken, "\n"))
	})

	It("use only the names that a row narrows a package to", func() {
		packages, err := archtest.Load(root)
		Expect(err).NotTo(HaveOccurred())
		broken, err := archtest.CheckNames(root, module, archtest.Table, packages)
		Expect(err).NotTo(HaveOccurred())
		Expect(broken).To(BeEmpty(), strings.Join(broken, "\n"))
	})

	It("leave the tables of the log to the event store", func() {
		broken, err := archtest.CheckSQL(root)
		Expect(err).NotTo(HaveOccurred())
		Expect(broken).To(BeEmpty(), strings.Join(broken, "\n"))
	})

	It("can reach every row", func() {
		for i, row := range archtest.Table {
			example := strings.NewReplacer("*", "some", "...", "below").Replace(row.Name)
			Expect(archtest.RowOf(archtest.Table, example)).To(Equal(i), "%s stands behind a row that matches first, or is there twice", row.Name)
		}
	})

	It("have a reason in every row", func() {
		Expect(archtest.Table).To(HaveEach(HaveField("Why", Not(BeEmpty()))))
	})
})

// importing makes a package with these imports and checks it against the real table.
func importing(path string, imports ...string) []string {
	return archtest.Check(module, archtest.Table, []archtest.Package{{Path: path, Imports: imports}})
}

func testImporting(path string, imports ...string) []string {
	return archtest.Check(module, archtest.Table, []archtest.Package{{Path: path, TestImports: imports}})
}

var _ = DescribeTable("The table allows", func(path, imported string) {
	Expect(importing(path, imported)).To(BeEmpty())
},
	Entry("the kernel the uuid library", "domain/kernel", "github.com/google/uuid"),
	Entry("an aggregate the kernel", "domain/video", "vidilog/domain/kernel"),
	Entry("a process manager any aggregate", "domain/process", "vidilog/domain/video"),
	Entry("commands the ports", "commands/video", "vidilog/eventstore"),
	Entry("a read model its own folders", "projections/catalog", "vidilog/projections/catalog/rows"),
	Entry("the API a query", "api/rest/videos", "vidilog/projections/catalog"),
	Entry("the audit API the log", "api/audit", "vidilog/eventstore"),
	Entry("the binary everything", "cmd/vidilog", "vidilog/eventstore/postgres"),
	Entry("tests of the whole the test database", "test/crash", "vidilog/internal/embedded/testpg"),
)

var _ = DescribeTable("The table forbids", func(path, imported, reason string) {
	Expect(importing(path, imported)).To(ConsistOf(And(HavePrefix(path), ContainSubstring(imported), ContainSubstring(reason))))
},
	Entry("an aggregate another aggregate", "domain/video", "vidilog/domain/channel", "as an argument or by a process"),
	Entry("an aggregate a library", "domain/video", "github.com/jackc/pgx/v5", "only github.com/google/uuid"),
	Entry("an aggregate the file system", "domain/video", "os", "pure"),
	Entry("the kernel anything of ours", "domain/kernel", "vidilog/eventstore", "nothing of ours"),
	Entry("a port its adapter", "eventstore", "vidilog/eventstore/postgres", "knows none"),
	Entry("commands a read model", "commands/video", "vidilog/projections/catalog", "it lags"),
	Entry("commands an adapter of the log", "commands/video", "vidilog/eventstore/postgres", "eventstore/codec"),
	Entry("the engine a model", "projections/engine", "vidilog/projections/catalog", "knows no model"),
	Entry("a model another model", "projections/catalog", "vidilog/projections/jobs", "never from another model"),
	Entry("ffmpeg's workers a command", "workers/media", "vidilog/commands/job", "another machine"),
	Entry("ffmpeg's workers a library", "workers/media", "github.com/google/uuid", "no third-party library"),
	Entry("workers a read model", "workers/jobs", "vidilog/projections/jobs", "report by commands"),
	Entry("the API the log", "api/rest/videos", "vidilog/eventstore/tail", "only api/audit"),
	Entry("the platform the domain", "internal/config", "vidilog/domain/kernel", "without domain knowledge"),
	Entry("production code the test database", "cmd/vidilog", "vidilog/internal/embedded/testpg", "for tests only"),
	Entry("an unknown folder to exist", "util", "", "util is in no row"),
)

var _ = Describe("Tests of a pure package", func() {
	It("may use the package, its scenarios and test libraries", func() {
		Expect(testImporting("domain/video", "vidilog/domain/video", "vidilog/domain/domaintest", "github.com/onsi/gomega", "testing")).To(BeEmpty())
	})
	It("may not read files", func() {
		Expect(testImporting("domain/video", "os")).To(ConsistOf(ContainSubstring("imports os in a test")))
	})
	It("may not use another aggregate", func() {
		Expect(testImporting("domain/video", "vidilog/domain/channel")).To(HaveLen(1))
	})
})
