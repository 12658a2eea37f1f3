package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// seen is what these stories read of a video.
type seen struct {
	Name, URL                       string
	Views, Viewers, Likes, Dislikes int
	UserHistory                     *struct{ CurrentTime int }
}

type page struct {
	Total int
	Data  []seen
}

var _ = Describe("What viewers do", Ordered, func() {
	var h *house
	var video instance.Video

	send := func(ctx context.Context, c *instance.Client, method, path string, body any) instance.Answer {
		GinkgoHelper()
		encoded, err := json.Marshal(body)
		Expect(err).NotTo(HaveOccurred())
		answer, err := c.Do(ctx, method, path, bytes.NewReader(encoded), "Content-Type", "application/json")
		Expect(err).NotTo(HaveOccurred())
		return answer
	}
	list := func(ctx context.Context, c *instance.Client, path string) (p page) {
		GinkgoHelper()
		Expect(c.Get(ctx, path, &p)).To(Succeed())
		return p
	}
	detail := func(ctx context.Context, c *instance.Client) (s seen) {
		GinkgoHelper()
		Expect(c.Get(ctx, "/api/v1/videos/"+video.UUID, &s)).To(Succeed())
		return s
	}

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "viewers")
		video = h.publish(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{Seconds: 4, Audio: "aac"}), "Boats in the harbour")
	}, NodeTimeout(3*time.Minute))

	It("they like a video, change their mind, and find it again among their ratings", func(ctx SpecContext) {
		path := "/api/v1/videos/" + video.UUID + "/rate"
		for _, step := range []struct {
			rating          string
			likes, dislikes int
		}{{"like", 1, 0}, {"like", 1, 0}, {"dislike", 0, 1}, {"none", 0, 0}, {"like", 1, 0}} {
			Expect(send(ctx, h.root, http.MethodPut, path, map[string]string{"rating": step.rating}).Status).To(Equal(http.StatusNoContent))
			Expect(detail(ctx, h.root)).To(And(HaveField("Likes", step.likes), HaveField("Dislikes", step.dislikes)), step.rating)
			var mine struct{ Rating string }
			Expect(h.root.Get(ctx, "/api/v1/users/me/videos/"+video.UUID+"/rating", &mine)).To(Succeed())
			Expect(mine.Rating).To(Equal(step.rating))
		}
		Expect(send(ctx, h.root, http.MethodPut, path, map[string]string{"rating": "likes"}).Status).To(Equal(http.StatusBadRequest))
		Expect(send(ctx, h.Anonymous(), http.MethodPut, path, map[string]string{"rating": "like"}).Status).To(Equal(http.StatusUnauthorized))
		var rated struct {
			Total int
			Data  []struct {
				Rating string
				Video  seen
			}
		}
		Expect(h.root.Get(ctx, "/api/v1/accounts/root/ratings?rating=like", &rated)).To(Succeed())
		Expect(rated.Data).To(HaveExactElements(And(HaveField("Rating", "like"), HaveField("Video.Name", "Boats in the harbour"))))
	})

	It("they watch it: a viewer at once, a view after half of it, and it is known where they stopped", func(ctx SpecContext) {
		ping := func(c *instance.Client, at int) int {
			return send(ctx, c, http.MethodPost, "/api/v1/videos/"+video.UUID+"/views", map[string]any{"currentTime": at, "sessionId": "one"}).Status
		}
		Expect(ping(h.Anonymous(), 99)).To(Equal(http.StatusBadRequest))
		Expect(ping(h.Anonymous(), 0)).To(Equal(http.StatusNoContent))
		Expect(ping(h.root, 3)).To(Equal(http.StatusNoContent))
		Eventually(func() int { return detail(ctx, h.Anonymous()).Viewers }).WithTimeout(20 * time.Second).Should(Equal(1))
		Expect(list(ctx, h.Anonymous(), "/api/v1/videos").Data).To(HaveExactElements(HaveField("Viewers", 1)))
		run := map[string]string{"command": "process-video-views-buffer"}
		Expect(send(ctx, h.root, http.MethodPost, "/api/v1/server/debug/run-command", run).Status).To(Equal(http.StatusNoContent))
		Expect(detail(ctx, h.Anonymous())).To(And(HaveField("Views", 1), HaveField("UserHistory", BeNil())))
		Expect(list(ctx, h.Anonymous(), "/api/v1/videos?sort=-trending").Data).To(HaveExactElements(HaveField("Views", 1)))
		stopped := HaveField("UserHistory", HaveField("CurrentTime", 3))
		Expect(detail(ctx, h.root)).To(stopped)
		Expect(list(ctx, h.root, "/api/v1/videos").Data).To(HaveExactElements(stopped))
	})

	It("they look back, and forget", func(ctx SpecContext) {
		Expect(list(ctx, h.root, "/api/v1/users/me/history/videos?search=boats").Total).To(Equal(1))
		Expect(list(ctx, h.root, "/api/v1/users/me/history/videos?search=trains").Total).To(BeZero())
		Expect(list(ctx, h.root, "/api/v1/videos?excludeAlreadyWatched=true").Total).To(BeZero())
		Expect(send(ctx, h.root, http.MethodPost, "/api/v1/users/me/history/videos/remove", nil).Status).To(Equal(http.StatusNoContent))
		Expect(list(ctx, h.root, "/api/v1/users/me/history/videos").Total).To(BeZero())
		Expect(list(ctx, h.root, "/api/v1/videos?excludeAlreadyWatched=true").Total).To(Equal(1))
	})

	DescribeTable("they search and find it", func(ctx SpecContext, query string, total int) {
		Expect(list(ctx, h.Anonymous(), "/api/v1/search/videos?"+query).Total).To(Equal(total))
	},
		Entry("by a part of the name", "search=harb", 1), Entry("by a name much like it", "search=boat+in+harbor", 1),
		Entry("not by another", "search=trains", 0), Entry("by duration", "durationMin=3&durationMax=5", 1),
		Entry("not by another duration", "durationMax=3", 0), Entry("not elsewhere", "search=harb&host=video.example", 0),
		Entry("not among lives", "isLive=true", 0),
	)

	It("they download it, and a file that is made for them on the way", func(ctx SpecContext) {
		file := video.Files[0]
		answer, err := h.Anonymous().Do(ctx, http.MethodGet, fmt.Sprintf("/download/web-videos/%s-%d.mp4", video.UUID, file.Resolution.ID), nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Body).To(HaveLen(int(file.Size)))
		Expect(answer.Header.Get("Content-Disposition")).To(Equal(fmt.Sprintf(`attachment; filename="Boats in the harbour-%dp.mp4"`, file.Resolution.ID)))
		made, err := h.Anonymous().Do(ctx, http.MethodGet, fmt.Sprintf("/download/videos/generate/%s?videoFileIds=%d", video.UUID, file.ID), nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(made.Status).To(Equal(http.StatusOK))
		path := filepath.Join(GinkgoT().TempDir(), "made.mp4")
		Expect(os.WriteFile(path, made.Body, 0o600)).To(Succeed())
		probe, err := media.New(media.Options{}).Probe(ctx, path)
		Expect(err).NotTo(HaveOccurred())
		Expect(probe.HasVideo() && probe.HasAudio()).To(BeTrue())
	})

	It("they embed it elsewhere", func(ctx SpecContext) {
		var e struct{ HTML, Title string }
		address := url.QueryEscape(detail(ctx, h.Anonymous()).URL + "?start=2s")
		Expect(h.Anonymous().Get(ctx, "/services/oembed?url="+address, &e)).To(Succeed())
		Expect(e.Title).To(Equal("Boats in the harbour"))
		Expect(e.HTML).To(ContainSubstring("/videos/embed/" + video.UUID + "?start=2s"))
	})
})
