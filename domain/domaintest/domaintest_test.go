package domaintest_test

import (
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
)

func TestDomaintest(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Scenarios of the domain")
}

type shelf struct{ books []string }

type shelved struct{ Title string }

func (shelved) EventType() string { return "shelf.shelved" }

type swapped struct{}

func (swapped) EventType() string { return "shelf.swapped" }

func (s shelf) Apply(e kernel.Event) shelf {
	switch e := e.(type) {
	case shelved:
		s.books = append(s.books[:len(s.books):len(s.books)], e.Title)
	case swapped: // changes what the state before shares: the mistake to find
		s.books[0], s.books[1] = s.books[1], s.books[0]
	}
	return s
}

type put struct{ title string }

func (p put) Decide(s shelf) ([]kernel.Event, error) {
	if p.title == "" {
		return nil, kernel.Invalid("title", "is empty")
	}
	for _, b := range s.books {
		if b == p.title {
			return nil, nil
		}
	}
	return []kernel.Event{shelved{Title: p.title}}, nil
}

type moody struct{ calls *int }

func (m moody) Decide(shelf) ([]kernel.Event, error) {
	*m.calls++
	return []kernel.Event{shelved{Title: strings.Repeat("x", *m.calls)}}, nil
}

var scenario = domaintest.For[shelf]()

var _ = Describe("A scenario", func() {
	It("holds when the verb does what is said", func() {
		scenario.Given().When(put{"A"}).Then(shelved{"A"})
		scenario.Given(shelved{"A"}).When(put{"A"}).ThenNothing()
		scenario.Given(shelved{"A"}).When(put{""}).ThenError(kernel.CodeInvalid)
	})

	It("goes on from where it came to", func() {
		after := scenario.Given().When(put{"A"}).Then(shelved{"A"}).When(put{"B"}).Then(shelved{"B"})
		Expect(after.State().books).To(Equal([]string{"A", "B"}))
	})

	DescribeTable("fails, and says why", func(story func(), words ...string) {
		failures := InterceptGomegaFailures(story)
		Expect(failures).To(HaveLen(1))
		for _, word := range words {
			Expect(failures[0]).To(ContainSubstring(word))
		}
	},
		Entry("for another event", func() { scenario.Given().When(put{"A"}).Then(shelved{"B"}) }, `-     Title: "B"`, `+     Title: "A"`),
		Entry("for an event where nothing was said", func() { scenario.Given().When(put{"A"}).ThenNothing() }, `+ `, `Title: "A"`),
		Entry("for nothing where an event was said", func() { scenario.Given(shelved{"A"}).When(put{"A"}).Then(shelved{"A"}) }, "- "),
		Entry("for a refusal where an event was said", func() { scenario.Given().When(put{""}).Then(shelved{"B"}) }, "refused with invalid", "is empty"),
		Entry("for an event where a refusal was said", func() { scenario.Given().When(put{"A"}).ThenError(kernel.CodeInvalid) }, "but recorded"),
		Entry("for a refusal of another kind", func() { scenario.Given().When(put{""}).ThenError(kernel.CodeConflict) }, "refused with conflict"),
		Entry("for a verb that decides by mood", func() { scenario.Given().When(moody{new(int)}).Events() }, "decided otherwise"),
	)

	It("fails when folding changes the state before", func() {
		failures := InterceptGomegaFailures(func() { domaintest.Fold[shelf](shelved{"A"}, shelved{"B"}, swapped{}) })
		Expect(failures).NotTo(BeEmpty())
		Expect(failures[0]).To(ContainSubstring("applying shelf.swapped changed the state before it"))
	})
})
