package e2e_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("What players and caches ask for", Ordered, func() {
	var h *house
	var video instance.Video
	var path string // of its web video
	var whole instance.Answer

	ask := func(ctx context.Context, method, path string, header ...string) instance.Answer {
		GinkgoHelper()
		answer, err := h.Anonymous().Do(ctx, method, path, nil, header...)
		Expect(err).NotTo(HaveOccurred())
		return answer
	}

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "files")
		video = h.publish(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"}), "Asked for")
		path = instance.PathOf(video.Files[0].FileURL)
		whole = ask(ctx, http.MethodGet, path)
	}, NodeTimeout(3*time.Minute))

	It("a file whole, with its size, type and the right of any page to read it", func() {
		Expect(whole.Status).To(Equal(http.StatusOK))
		Expect(whole.Body).To(HaveLen(int(video.Files[0].Size)))
		Expect(whole.Header.Get("Content-Type")).To(Equal("video/mp4"))
		Expect(whole.Header.Get("Accept-Ranges")).To(Equal("bytes"))
		Expect(whole.Header.Get("Access-Control-Allow-Origin")).To(Equal("*"))
		Expect(whole.Header.Get("Cache-Control")).To(HavePrefix("public"))
	})
	It("its head alone", func(ctx SpecContext) {
		head := ask(ctx, http.MethodHead, path)
		Expect(head.Status).To(Equal(http.StatusOK))
		Expect(head.Header.Get("Content-Length")).To(Equal(strconv.Itoa(len(whole.Body))))
		Expect(head.Body).To(BeEmpty())
	})
	DescribeTable("ranges", func(ctx SpecContext, value string, from, to int) {
		part := ask(ctx, http.MethodGet, path, "Range", value)
		Expect(part.Status).To(Equal(http.StatusPartialContent))
		size := len(whole.Body)
		if from < 0 {
			from, to = size+from, size
		} else if to < 0 {
			to = size
		}
		Expect(part.Header.Get("Content-Range")).To(Equal(fmt.Sprintf("bytes %d-%d/%d", from, to-1, size)))
		Expect(part.Body).To(Equal(whole.Body[from:to]))
	},
		Entry("from the beginning", "bytes=0-99", 0, 100),
		Entry("in the middle", "bytes=1000-1999", 1000, 2000),
		Entry("to the end", "bytes=5000-", 5000, -1),
		Entry("the last bytes", "bytes=-500", -500, -1),
		Entry("beyond the end", "bytes=7000-999999999", 7000, -1),
	)
	It("416 for a range that does not exist, with the size", func(ctx SpecContext) {
		answer := ask(ctx, http.MethodGet, path, "Range", "bytes=999999999-")
		Expect(answer.Status).To(Equal(http.StatusRequestedRangeNotSatisfiable))
		Expect(answer.Header.Get("Content-Range")).To(Equal(fmt.Sprintf("bytes */%d", len(whole.Body))))
		Expect(answer.Header.Get("Cache-Control")).NotTo(ContainSubstring("max-age=1"), "a refusal is not to be kept")
		Expect(answer.Header.Get("Content-Type")).To(HavePrefix("application/problem+json"))
		Expect(string(answer.Body)).To(ContainSubstring(`"code":"RangeNotSatisfiableError"`))
	})
	It("304 for what a cache has, of files and of the API", func(ctx SpecContext) {
		for _, p := range []string{path, video.ThumbnailPath, "/api/v1/videos", "/api/v1/videos/" + video.UUID, "/api/v1/config"} {
			first := ask(ctx, http.MethodGet, p)
			Expect(first.Header.Get("Etag")).To(MatchRegexp(`^(W/)?".`), p)
			again := ask(ctx, http.MethodGet, p, "If-None-Match", first.Header.Get("Etag"))
			Expect(again.Status).To(Equal(http.StatusNotModified), p)
			Expect(again.Body).To(BeEmpty())
			other := ask(ctx, http.MethodGet, p, "If-None-Match", `"other"`)
			Expect(other.Status).To(Equal(http.StatusOK), p)
		}
	})
	It("a preflight of another site's page", func(ctx SpecContext) {
		for _, p := range []string{path, "/api/v1/videos/upload"} {
			answer := ask(ctx, http.MethodOptions, p, "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "GET",
				"Access-Control-Request-Headers", "range,authorization")
			Expect(answer.Status).To(Equal(http.StatusNoContent), p)
			Expect(answer.Header.Get("Access-Control-Allow-Origin")).To(Equal("*"))
			Expect(answer.Header.Get("Access-Control-Allow-Methods")).To(ContainSubstring("GET"))
			Expect(answer.Header.Get("Access-Control-Allow-Headers")).To(Equal("range,authorization"))
		}
	})
	It("404 for files that are not there, or lie elsewhere", func(ctx SpecContext) {
		for _, p := range []string{
			"/static/web-videos/none.mp4", "/static/web-videos/..%2f..%2fmaster.key", "/static/web-videos/%2e%2e/master.key",
			"/static/streaming-playlists/hls/../../../master.key", "/lazy-static/thumbnails/none.jpg", "/static/web-videos/",
		} {
			Expect(ask(ctx, http.MethodGet, p).Status).To(Equal(http.StatusNotFound), p)
		}
	})

	It("403 for the files of a private video, and its owner gets them", func(ctx SpecContext) {
		private := h.publish(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"}), "Private", "privacy", "3")
		files := append(private.Files, private.StreamingPlaylists[0].Files...)
		Expect(files).NotTo(BeEmpty())
		for _, f := range files {
			p := instance.PathOf(f.FileURL)
			Expect(p).To(ContainSubstring("/private/"))
			Expect(ask(ctx, http.MethodGet, p).Status).To(Equal(http.StatusForbidden), p)
			Expect(ask(ctx, http.MethodGet, p, "Range", "bytes=0-9").Status).To(Equal(http.StatusForbidden), p)
			own, err := h.root.Do(ctx, http.MethodGet, p, nil, "Range", "bytes=0-9")
			Expect(err).NotTo(HaveOccurred())
			Expect(own.Status).To(Equal(http.StatusPartialContent), p)
			Expect(own.Header.Get("Cache-Control")).To(HavePrefix("private"), p)
		}
		Expect(ask(ctx, http.MethodGet, "/api/v1/videos/"+private.UUID).Status).To(Equal(http.StatusUnauthorized))
		Expect(string(ask(ctx, http.MethodGet, "/api/v1/videos").Body)).NotTo(ContainSubstring(private.UUID))
	}, SpecTimeout(2*time.Minute))

	It("an answer as new as what the client has written: Min-Log-Position", func(ctx SpecContext) {
		for n := range 20 {
			name := fmt.Sprintf("Renamed %d", n)
			answer, err := h.root.Do(ctx, http.MethodPut, "/api/v1/videos/"+video.UUID, jsonBody(map[string]any{"name": name}),
				"Content-Type", "application/json")
			Expect(err).NotTo(HaveOccurred())
			Expect(answer.Status).To(Equal(http.StatusNoContent), "%s", answer.Body)
			position := answer.Header.Get("Log-Position")
			Expect(strconv.ParseInt(position, 10, 64)).To(BeNumerically(">", 0))
			read := ask(ctx, http.MethodGet, "/api/v1/videos/"+video.UUID, "Min-Log-Position", position)
			Expect(string(read.Body)).To(ContainSubstring(`"name":"` + name + `"`))
		}
	})
	It("a position that is far ahead or no number costs a moment, not the answer", func(ctx SpecContext) {
		for _, position := range []string{"999999999", "-1", "soon"} {
			began := time.Now()
			Expect(ask(ctx, http.MethodGet, "/api/v1/videos", "Min-Log-Position", position).Status).To(Equal(http.StatusOK))
			Expect(time.Since(began)).To(BeNumerically("<", 10*time.Second))
		}
	})
})
