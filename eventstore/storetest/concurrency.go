package storetest

import (
	"context"
	"fmt"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

const racers = 24

// race starts all appends at once and answers what each got.
func (s *subject) race(appends func(i int) eventstore.Append) (receipts []eventstore.Receipt, errs []error) {
	receipts, errs = make([]eventstore.Receipt, racers), make([]error, racers)
	var group sync.WaitGroup
	start := make(chan struct{})
	for i := range racers {
		group.Go(func() {
			a := appends(i)
			<-start
			receipts[i], errs[i] = s.log.Append(context.Background(), a)
		})
	}
	close(start)
	group.Wait()
	return receipts, errs
}

// onlyWinner is the index of the one append that was not refused.
func onlyWinner(errs []error) int {
	GinkgoHelper()
	winner := -1
	for i, err := range errs {
		if err == nil {
			Expect(winner).To(Equal(-1), "two winners")
			winner = i
		}
	}
	Expect(winner).NotTo(Equal(-1), "no winner")
	return winner
}

func describeConcurrency(log func() *subject) {
	Describe("many appends at once", func() {
		It("get dense positions and versions, each its own", func() {
			receipts, errs := log().race(func(i int) eventstore.Append {
				return newAppend(to(fmt.Sprint("own", i), eventstore.None(), "1", "2"), to("shared", eventstore.Any(), fmt.Sprint(i)))
			})
			events := log().read(0, 10_000)
			Expect(events).To(HaveLen(3 * racers))
			for i, e := range events {
				Expect(e.Position).To(BeEquivalentTo(i + 1))
			}
			for i, e := range log().readStream("shared", 0, 1000) {
				Expect(e.Version).To(BeEquivalentTo(i + 1))
			}
			for i := range racers {
				Expect(errs[i]).NotTo(HaveOccurred())
				last := events[receipts[i].Position-1]
				Expect(texts([]eventstore.Recorded{last})).To(Equal([]string{line("shared", int(last.Version), fmt.Sprint(i))}))
			}
		})
		It("at the same version of a stream leave one winner; the others learn the new version", func() {
			log().append(to("a", eventstore.None(), "0"))
			_, errs := log().race(func(int) eventstore.Append { return newAppend(to("a", eventstore.Exactly(1), "x")) })
			winner := onlyWinner(errs)
			for i, err := range errs {
				if i != winner {
					Expect(err).To(Equal(&eventstore.WrongVersion{Stream: stream("a"), Expected: 1, Actual: 2}))
				}
			}
			Expect(log().readStream("a", 0, 10)).To(HaveLen(2))
		})
		It("for the same free claim leave one winner; the others learn who it is", func() {
			_, errs := log().race(func(i int) eventstore.Append {
				return newAppend(to(fmt.Sprint("s", i), eventstore.None(), "x"), claim(eventstore.TakeClaim, "news", fmt.Sprint("owner-", i)))
			})
			winner := onlyWinner(errs)
			for i, err := range errs {
				if i != winner {
					Expect(err).To(Equal(&eventstore.ClaimTaken{ClaimKey: handle("news"), Owner: fmt.Sprint("owner-", winner)}))
				}
			}
			Expect(log().head()).To(BeEquivalentTo(1))
		})
		It("with the same command id record it once and answer all the same", func() {
			receipts, errs := log().race(func(i int) eventstore.Append {
				return newAppend(as("ann", "note", "1"), to("a", eventstore.Any(), "x"), withResult("done"))
			})
			firsts := 0
			for i, r := range receipts {
				Expect(errs[i]).NotTo(HaveOccurred())
				Expect(r.Position).To(BeEquivalentTo(1))
				Expect(r.Result).To(Equal([]byte("done")))
				if !r.Repeated {
					firsts++
				}
			}
			Expect(firsts).To(Equal(1))
			Expect(log().head()).To(BeEquivalentTo(1))
		})
		It("that pass a claim on see each other's decisions", func() {
			log().append(claim(eventstore.TakeClaim, "news", "owner"))
			_, errs := log().race(func(i int) eventstore.Append {
				return newAppend(claim(eventstore.ReleaseClaim, "news", "owner"), to("a", eventstore.Exactly(0), "x"))
			})
			onlyWinner(errs)
			Expect(log().owner("news")).To(BeEmpty())
		})
	})
}
