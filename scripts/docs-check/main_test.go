package main

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestDocsCheck(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "docs-check")
}

var _ = Describe("Checking documents", func() {
	var root string

	write := func(name, text string) {
		GinkgoHelper()
		path := filepath.Join(root, name)
		Expect(os.MkdirAll(filepath.Dir(path), 0o755)).To(Succeed())
		Expect(os.WriteFile(path, []byte(text), 0o600)).To(Succeed())
	}
	problems := func() []string {
		GinkgoHelper()
		found, _, err := check(root)
		Expect(err).NotTo(HaveOccurred())
		return found
	}

	BeforeEach(func() {
		root = GinkgoT().TempDir()
		write("Makefile", "VERSION := 1\nrun: build ## Start\nlint fmt:\n\ttrue\n")
		write("docs/tour.md", "# The tour\n\n## One upload, file by file\n")
	})

	DescribeTable("accepts", func(text string) {
		write("README.md", text)
		Expect(problems()).To(BeEmpty())
	},
		Entry("a link to a file", "[tour](docs/tour.md)"),
		Entry("a link to a heading elsewhere", "[tour](docs/tour.md#one-upload-file-by-file)"),
		Entry("a link to a heading here", "# Who it's for\n[there](#who-its-for)"),
		Entry("another site", "[Go](https://go.dev/dl)"),
		Entry("a link shown as code", "`[no](nowhere.md)`"),
		Entry("a link in a code block", "```\n[no](nowhere.md)\n```"),
		Entry("targets of the Makefile", "`make run` and `make fmt`"),
		Entry("prose that makes something", "they make sure"),
	)

	DescribeTable("refuses", func(text, sentence string) {
		write("README.md", text)
		Expect(problems()).To(ConsistOf(And(ContainSubstring("README.md:"), ContainSubstring(sentence))))
	},
		Entry("a link to no file", "[x](docs/none.md)", "there is no such file"),
		Entry("an image that is missing", "![x](docs/shot.png)", "there is no such file"),
		Entry("a reference to no file", "[x]: docs/none.md", "there is no such file"),
		Entry("a link to no heading", "[x](docs/tour.md#elsewhere)", "no such heading"),
		Entry("an absolute path", "[x](/docs/tour.md)", "relative"),
		Entry("an unknown target", "text\n\n`make coffee`", `README.md:3: the Makefile has no target "coffee"`),
		Entry("an unknown target in a block", "```\nmake coffee\n```", `no target "coffee"`),
		Entry("a variable as target", "`make version`", `no target "version"`),
	)

	It("asks every package for a comment, in any of its files", func() {
		write("with/doc.go", "// Package with says it.\npackage with\n")
		write("with/other.go", "package with\n")
		write("without/a.go", "package without\n")
		write("tests/a_test.go", "package tests\n")
		Expect(problems()).To(ConsistOf(ContainSubstring("without: no file of the package")))
	})

	It("leaves alone what is not ours", func() {
		write("client/node_modules/x/README.md", "[x](none.md)")
		Expect(problems()).To(BeEmpty())
	})
})
