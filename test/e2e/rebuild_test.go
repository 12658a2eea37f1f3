package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("Rebuilding all read models while people read", Ordered, func() {
	var h *house
	var addresses []string
	var before map[string]instance.Answer

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "rebuild")
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"})
		first := h.publish(ctx, film, "The first", "tags[0]", "one", "tags[1]", "two", "description", "Of **two**.")
		second := h.publish(ctx, film, "The second", "privacy", "2")
		addresses = readAddresses(first, second)
		before = map[string]instance.Answer{}
		for _, a := range addresses {
			answer, err := h.root.Do(ctx, http.MethodGet, a, nil)
			Expect(err).NotTo(HaveOccurred())
			Expect(answer.Status).To(Equal(http.StatusOK), "%s: %s", a, answer.Body)
			before[a] = answer
		}
	}, NodeTimeout(3*time.Minute))

	It("fails no request and changes no byte of any answer", func(ctx SpecContext) {
		load := &load{h: h, addresses: addresses, before: before}
		reading, stop := context.WithCancel(ctx)
		defer stop()
		load.start(reading, 3)
		Eventually(load.count.Load).Should(BeNumerically(">", 30), "reads before the rebuild")

		rebuilt, err := h.Rebuild(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(rebuilt).To(HaveLen(5))
		Expect(rebuilt).To(HaveEach(HaveField("Differs", false)))

		during := load.count.Load()
		Eventually(load.count.Load).WithTimeout(time.Minute).
			Should(BeNumerically(">", max(300, during+100)), "reads after the server has taken the new builds over")
		stop()
		load.wait()
		Expect(load.failures()).To(BeEmpty())

		models, err := h.Verify(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(models).To(HaveEach(HaveField("Same", true)))
	}, SpecTimeout(3*time.Minute))

	It("answers the same once more from the new builds", func(ctx SpecContext) {
		for _, a := range addresses {
			answer, err := h.root.Do(ctx, http.MethodGet, a, nil)
			Expect(err).NotTo(HaveOccurred())
			Expect(difference(before[a], answer)).To(BeEmpty(), a)
		}
	}, SpecTimeout(time.Minute))
})

// readAddresses are what a visit touches: lists, videos by each of their names, actors, jobs, pages and files.
func readAddresses(public, unlisted instance.Video) []string {
	list := []string{
		"/", "/api/v1/config", "/api/v1/videos?count=15&sort=-publishedAt", "/api/v1/videos?count=1&start=1",
		"/api/v1/videos?tagsOneOf=one", "/api/v1/accounts/root", "/api/v1/accounts/root/videos", "/api/v1/video-channels/root_channel",
		"/api/v1/video-channels/root_channel/videos", "/api/v1/users/me", "/api/v1/users/me/videos?count=10",
		"/api/v1/jobs/completed?count=20", "/api/v1/videos/categories", "/w/" + public.ShortUUID,
	}
	for _, v := range []instance.Video{public, unlisted} {
		list = append(list, fmt.Sprintf("/api/v1/videos/%d", v.ID), "/api/v1/videos/"+v.UUID, "/api/v1/videos/"+v.ShortUUID)
		list = append(list, v.Paths()...)
	}
	return list
}

// load reads the same addresses over and over.
type load struct {
	h         *house
	addresses []string
	before    map[string]instance.Answer
	count     atomic.Int64
	readers   sync.WaitGroup
	mu        sync.Mutex
	wrong     []string
}

func (l *load) start(ctx context.Context, readers int) {
	for offset := range readers {
		l.readers.Go(func() {
			for n := offset; ctx.Err() == nil; n++ {
				l.read(ctx, l.addresses[n%len(l.addresses)])
			}
		})
	}
}

func (l *load) read(ctx context.Context, address string) {
	answer, err := l.h.root.Do(ctx, http.MethodGet, address, nil)
	if ctx.Err() != nil {
		return // ended by the test
	}
	l.count.Add(1)
	what := difference(l.before[address], answer)
	if err != nil {
		what = err.Error()
	}
	if what != "" {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.wrong = append(l.wrong, address+": "+what)
	}
}

func (l *load) wait() { l.readers.Wait() }

func (l *load) failures() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.wrong
}

// difference says how an answer differs from an earlier one, "" when it does not.
func difference(before, now instance.Answer) string {
	if before.Status != now.Status {
		return fmt.Sprintf("status %d: %.200s", now.Status, now.Body)
	}
	if !bytes.Equal(before.Body, now.Body) {
		return fmt.Sprintf("another body:\n%.2000s\ninstead of\n%.2000s", now.Body, before.Body)
	}
	return ""
}
