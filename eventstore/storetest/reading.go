package storetest

import (
	"context"
	"fmt"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

func describeReading(log func() *subject) {
	Describe("reading", func() {
		BeforeEach(func() {
			for i := range 10 {
				log().append(to([]string{"even", "odd"}[i%2], eventstore.Any(), fmt.Sprint(i)))
			}
		})
		It("pages through the log in order", func() {
			var all []eventstore.Recorded
			for after := eventstore.Position(0); ; {
				page := log().read(after, 3)
				if len(page) == 0 {
					break
				}
				all = append(all, page...)
				after = page[len(page)-1].Position
			}
			Expect(all).To(HaveLen(10))
			for i, e := range all {
				Expect(e.Position).To(BeEquivalentTo(i + 1))
				Expect(e.Leaf()).To(Equal(e.LeafHash))
			}
		})
		It("pages through one stream in order", func() {
			Expect(texts(log().readStream("odd", 0, 3))).To(Equal([]string{line("odd", 1, "1"), line("odd", 2, "3"), line("odd", 3, "5")}))
			Expect(texts(log().readStream("odd", 3, 10))).To(Equal([]string{line("odd", 4, "7"), line("odd", 5, "9")}))
		})
		It("answers nothing beyond the end, for a limit of nothing and for a stream that is not there", func() {
			Expect(log().read(10, 10)).To(BeEmpty())
			Expect(log().read(1_000_000, 10)).To(BeEmpty())
			Expect(log().read(0, 0)).To(BeEmpty())
			Expect(log().readStream("odd", 5, 10)).To(BeEmpty())
			Expect(log().readStream("none", 0, 10)).To(BeEmpty())
		})
		It("gives copies: what a reader does to them does not change the log", func() {
			clear(log().read(0, 1)[0].Payload)
			Expect(texts(log().read(0, 1))).To(Equal([]string{line("even", 1, "0")}))
		})
		It("ends with its context", func() {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			_, err := log().log.Read(ctx, 0, 10)
			Expect(err).To(MatchError(context.Canceled))
			_, err = log().log.Append(ctx, newAppend(to("a", eventstore.Any(), "x")))
			Expect(err).To(MatchError(context.Canceled))
		})
	})
}

func describeWatching(log func() *subject) {
	Describe("watching", func() {
		It("tells at once what is already there, and later what comes", func() {
			waiting := log().log.Changed(0)
			Consistently(waiting, "50ms").ShouldNot(BeClosed())
			log().append(to("a", eventstore.Any(), "1"))
			Eventually(waiting).Should(BeClosed())
			Expect(log().log.Changed(0)).To(BeClosed())

			next := log().log.Changed(1)
			Expect(next).NotTo(BeClosed())
			log().append(to("a", eventstore.Any(), "2"))
			Eventually(next).Should(BeClosed())
		})
		It("loses no wake-up: whoever waits for the position it has read always sees the next", func(ctx SpecContext) {
			const events = 200
			go func() {
				defer GinkgoRecover()
				for i := range events {
					log().append(to("a", eventstore.Any(), fmt.Sprint(i)))
				}
			}()
			seen := eventstore.Position(0)
			for seen < events {
				changed := log().log.Changed(seen)
				page := log().read(seen, 50)
				if len(page) == 0 {
					Eventually(ctx, changed, "10s").Should(BeClosed())
					continue
				}
				Expect(page[0].Position).To(Equal(seen + 1))
				seen = page[len(page)-1].Position
			}
		})
	})
}
