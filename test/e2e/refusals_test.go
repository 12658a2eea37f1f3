package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

// problem is PeerTube's problem document as far as clients look at it.
type problem struct {
	Type          string         `json:"type"`
	Status        int            `json:"status"`
	Detail        string         `json:"detail"`
	Error         string         `json:"error"`
	Code          string         `json:"code"`
	Docs          string         `json:"docs"`
	InvalidParams map[string]any `json:"invalid-params"`
}

var _ = Describe("Uploads that are refused", Ordered, func() {
	var h *house
	var film, text string

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "refusals")
		film = mediatest.Video(GinkgoT(), mediatest.Spec{})
		text = filepath.Join(folder, "no-film.mp4")
		Expect(os.WriteFile(text, []byte(strings.Repeat("This is not a film.\n", 2000)), 0o600)).To(Succeed())
	}, NodeTimeout(2*time.Minute))

	// refuse sends a body and expects a problem document of this status, and nothing left on the disk.
	refuse := func(ctx SpecContext, status int, body io.Reader, contentType string) problem {
		GinkgoHelper()
		before := stored(h)
		answer, err := h.root.Do(ctx, http.MethodPost, "/api/v1/videos/upload", body, "Content-Type", contentType)
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(Equal(status), "%s", answer.Body)
		Expect(answer.Header.Get("Content-Type")).To(Equal("application/problem+json; charset=utf-8"))
		var p problem
		Expect(json.Unmarshal(answer.Body, &p)).To(Succeed())
		Expect(p.Status).To(Equal(status))
		Expect(p.Error).To(Equal(p.Detail), "6.x clients read error")
		Expect(stored(h)).To(Equal(before), "files of a refused upload")
		return p
	}
	form := func(path string, fields ...string) (*bytes.Buffer, string) {
		GinkgoHelper()
		body, contentType, err := instance.Form(fields, "videofile", path)
		Expect(err).NotTo(HaveOccurred())
		return body, contentType
	}
	whole := []string{"name", "Refused", "channelId", "1"}

	It("415 for a file of another type", func(ctx SpecContext) {
		other := filepath.Join(folder, "film.txt")
		Expect(os.WriteFile(other, []byte("text"), 0o600)).To(Succeed())
		body, contentType := form(other, whole...)
		Expect(refuse(ctx, http.StatusUnsupportedMediaType, body, contentType).Detail).To(ContainSubstring(".mp4"))
	})
	It("422 for a file that is no film whatever its name", func(ctx SpecContext) {
		body, contentType := form(text, whole...)
		Expect(refuse(ctx, http.StatusUnprocessableEntity, body, contentType).Detail).To(Equal("Video file unreadable."))
	})
	It("413 for a form that is too large", func(ctx SpecContext) {
		fields := append([]string{}, whole...)
		for range 600 {
			fields = append(fields, "tags[]", "x")
		}
		body, contentType := form(film, fields...)
		refuse(ctx, http.StatusRequestEntityTooLarge, body, contentType)
	})
	It("400 naming the parameters without a name, with a bad channel", func(ctx SpecContext) {
		body, contentType := form(film, "channelId", "one")
		Expect(refuse(ctx, http.StatusBadRequest, body, contentType).InvalidParams).To(And(HaveKey("name"), HaveKey("channelId")))
	})
	It("400 for a channel that does not exist", func(ctx SpecContext) {
		body, contentType := form(film, "name", "Refused", "channelId", "4711")
		refuse(ctx, http.StatusBadRequest, body, contentType)
	})
	It("400 without a file", func(ctx SpecContext) {
		body := strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nRefused\r\n--b--\r\n")
		Expect(refuse(ctx, http.StatusBadRequest, body, "multipart/form-data; boundary=b").InvalidParams).To(HaveKey("videofile"))
	})
	It("400 for a second file", func(ctx SpecContext) {
		part := "--b\r\nContent-Disposition: form-data; name=\"videofile\"; filename=\"a.mp4\"\r\n\r\nabc\r\n"
		refuse(ctx, http.StatusBadRequest, strings.NewReader(part+part+"--b--\r\n"), "multipart/form-data; boundary=b")
	})
	It("400 for a body that ends in the middle of the file", func(ctx SpecContext) {
		body, contentType := form(film, whole...)
		body.Truncate(body.Len() / 2)
		refuse(ctx, http.StatusBadRequest, body, contentType)
	})
	It("400 for a body without its boundary", func(ctx SpecContext) {
		body, _ := form(film, whole...)
		refuse(ctx, http.StatusBadRequest, body, "multipart/form-data; boundary=another")
	})
	It("400 for a body that is no form", func(ctx SpecContext) {
		refuse(ctx, http.StatusBadRequest, strings.NewReader(`{"name":"Refused"}`), "application/json")
	})
	It("401 without a session, and keeps nothing of the body", func(ctx SpecContext) {
		before := stored(h)
		body, contentType := form(film, whole...)
		answer, err := h.Anonymous().Do(ctx, http.MethodPost, "/api/v1/videos/upload", body, "Content-Type", contentType)
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(Equal(http.StatusUnauthorized))
		Expect(stored(h)).To(Equal(before))
	})
	It("and no event tells of any of them", func(ctx SpecContext) {
		Expect(h.root.Mine(ctx)).To(BeEmpty())
		Expect(stored(h)).To(BeEmpty())
		output, err := h.Run(ctx, "events", "stats")
		Expect(err).NotTo(HaveOccurred())
		Expect(output).NotTo(ContainSubstring("video."))
		output, err = h.Run(ctx, "events", "verify")
		Expect(err).NotTo(HaveOccurred())
		Expect(output).To(MatchRegexp(`^\d+ events in \d+ streams: nothing missing, nothing changed`))
	})
})

// stored are all files that uploads and their work may leave, those under temporary names too.
func stored(h *house) []string {
	GinkgoHelper()
	files := []string{}
	for _, kind := range []string{"tmp", "tmp-persistent", "web-videos", "streaming-playlists", "thumbnails", "previews", "original-video-files"} {
		err := filepath.WalkDir(filepath.Join(h.Data, kind), func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				files = append(files, path)
			}
			return err
		})
		Expect(err).NotTo(HaveOccurred())
	}
	return files
}
