package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("Events of an aggregate", func() {
	parse := func(source string) []*ast.File {
		GinkgoHelper()
		file, err := parser.ParseFile(token.NewFileSet(), "state.go", "package video\n"+source, parser.SkipObjectResolution)
		Expect(err).NotTo(HaveOccurred())
		return []*ast.File{file}
	}
	const event = `
		type Renamed struct{}
		func (Renamed) EventType() string { return "video.renamed" }
		type Video struct{}
	`
	const folds = `func (v Video) Apply(e kernel.Event) Video { switch e.(type) { case Renamed: }; return v }
	`
	const lists = `func Events() []kernel.Event { return []kernel.Event{Renamed{}} }
	`

	It("are fine when listed and folded", func() {
		Expect(forgotten("domain/video", parse(event+folds+lists))).To(BeEmpty())
	})
	It("are missed in Apply", func() {
		Expect(forgotten("domain/video", parse(event+lists))).To(ConsistOf(
			"domain/video.Renamed is in no Apply of its package: add a case, an empty one if it changes nothing"))
	})
	It("are missed in Events", func() {
		Expect(forgotten("domain/video", parse(event+folds))).To(ConsistOf(ContainSubstring("is not in Events()")))
	})
})

var _ = Describe("A row that narrows a package to some names", func() {
	row := Row{Name: "api/...", Names: map[string][]string{"eventstore": {"Position"}}, Why: "it reads nothing"}
	use := func(source string) []string {
		GinkgoHelper()
		file, err := parser.ParseFile(token.NewFileSet(), "api.go", "package api\n"+source, parser.SkipObjectResolution)
		Expect(err).NotTo(HaveOccurred())
		return excess("api/rest", "vidilog", row, file)
	}

	It("allows these", func() {
		Expect(use(`import "vidilog/eventstore"; var p eventstore.Position`)).To(BeEmpty())
	})
	It("refuses others, under whatever name", func() {
		Expect(use(`import log "vidilog/eventstore"; var l log.Log`)).To(ConsistOf(
			"api/rest uses log.Log: api/... may use only Position of it (it reads nothing)"))
	})
})
