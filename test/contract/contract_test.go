package contract_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/httpx"
	"vidilog/test/contract"
)

// isWeb says that a path is one of pages and files, which have no operations in the document.
func isWeb(r httpx.Route) bool {
	return r.Method == "" || !strings.HasPrefix(r.Path, "/api/")
}

var _ = Describe("Every route", Ordered, ContinueOnFailure, func() {
	rows := table()
	var routes []string

	BeforeAll(func(ctx SpecContext) {
		var list []httpx.Route
		Expect(town.Anonymous().Get(ctx, "/debug/routes", &list)).To(Succeed())
		for _, r := range list {
			if !isWeb(r) {
				routes = append(routes, r.Method+" "+r.Path)
			}
		}
		routes = slices.Compact(routes) // one prefix may have several routers; they are sorted
	})

	It("is in the table of roles, and nothing else is", func() {
		var asked []string
		for _, r := range rows {
			asked = append(asked, r.operation())
		}
		slices.Sort(asked)
		Expect(slices.Compact(asked)).To(ConsistOf(routes))
	})
	It("is described in the document, and nothing else is", func() {
		var list []string
		for operation := range ours.Operations() {
			if strings.Contains(operation, " /api/") {
				list = append(list, operation)
			}
		}
		Expect(list).To(ConsistOf(routes))
	})
	for _, r := range rows {
		for as := range roles {
			It(fmt.Sprintf("answers %d to %s: %s", r.expect[as], as, r), func(ctx SpecContext) {
				answer, err := r.ask(ctx, town, as)
				Expect(err).NotTo(HaveOccurred())
				Expect(answer.Status).To(Equal(r.expect[as]), "%s", answer.Body)
			}, NodeTimeout(time.Minute))
		}
	}

	It("is answered as our document describes it", func(ctx SpecContext) {
		Expect(recorder.Deviations(ctx, ours)).To(BeEmpty())
	})
	It("is answered as another document describes it, but for what is known", func(ctx SpecContext) {
		file := os.Getenv(OtherDocument)
		if file == "" {
			Skip("no other document: make contract CONTRACT=FILE")
		}
		other, err := contract.Load(file)
		Expect(err).NotTo(HaveOccurred())
		known, err := contract.LoadKnown("deviations.yaml")
		Expect(err).NotTo(HaveOccurred())
		report := contract.Compare(ctx, other, known, recorder.Exchanges())
		AddReportEntry("contract", report.String())
		GinkgoWriter.Println(report)
		Expect(report.Unknown).To(BeEmpty())
	})
})
