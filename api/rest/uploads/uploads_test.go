package uploads_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/uploads"
	"vidilog/domain/kernel"
)

// be is an answer with a status and, in the dialect, a code.
func be(status int, code ...string) OmegaMatcher {
	return SatisfyAll(
		HaveField("Status", status),
		HaveField("Body", ContainSubstring(strings.Join(code, ""))),
	)
}

func has(span string) OmegaMatcher {
	return WithTransform(func(a answer) string { return a.Header.Get("Range") }, Equal(span))
}

var _ = Describe("Announcing a file", func() {
	var w *world
	BeforeEach(func() { w = newWorld() })

	It("answers where its parts go, relative to the protocol that the client speaks", func() {
		a := w.announce(`{"filename":"a.mp4","name":"A","lastModified":1}`)
		Expect(a).To(be(http.StatusCreated))
		Expect(a.Body).To(BeEmpty())
		Expect(a.Header.Get("Location")).To(HavePrefix("//" + strings.TrimPrefix(w.server.URL, "http://") + "/api/v1/texts?upload_id=af63ac4c86019afc-"))
		Expect(a.Header.Get("Cache-Control")).To(Equal("no-store"))
		Expect(a.Header.Get("Access-Control-Expose-Headers")).To(ContainSubstring("Location"))
		behind := w.announce(`{"filename":"a.mp4","name":"A"}`, "X-Forwarded-Proto", "https")
		Expect(behind.Header.Get("Location")).To(HavePrefix("https://"))
	})
	It("names it for its sender, what it is and when it changed, as uploadx does", func() {
		Expect(uploads.Hashed("1")).To(Equal("af63ac4c86019afc"))
		Expect(w.begin()).To(Equal(w.begin()))
		Expect(w.begin()).NotTo(Equal(w.begin("X-Upload-Content-Length", "11")))
		Expect(w.begin()).NotTo(Equal(w.begin("User", "2")))
		id := strings.TrimPrefix(w.begin(), "?upload_id=")
		Expect(w.names()).To(ContainElements("1-"+id+".mp4", id+".META"))
	})
	It("says what is there already of the same file", func() {
		query := w.begin()
		Expect(w.put(query, "0-3/10", "abcd")).To(be(http.StatusPermanentRedirect))
		a := w.announce(`{"filename":"a.mp4","name":"A","lastModified":1}`)
		Expect(a).To(And(be(http.StatusOK), has("bytes=0-3")))
		Expect(a.Header.Get("Location")).To(HaveSuffix(query))
	})
	It("takes pictures that come with it, and lets go of them when nothing becomes of it", func() {
		form := "--b\r\nContent-Disposition: form-data; name=\"thumbnailfile\"; filename=\"t.png\"\r\n\r\npicture\r\n" +
			"--b\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\na.mp4\r\n--b--\r\n"
		a := w.announce(form, "Content-Type", "multipart/form-data; boundary=b")
		Expect(a).To(be(http.StatusCreated))
		_, query, _ := strings.Cut(a.Header.Get("Location"), "?")
		Expect(w.send(http.MethodDelete, "?"+query, "")).To(be(http.StatusNoContent))
		Expect(w.texts.dropped).To(ConsistOf("picture"))
	})
	DescribeTable("refuses", func(status int, part, body string, headers ...string) {
		Expect(w.announce(body, headers...)).To(be(status, part))
		Expect(w.names()).To(BeEmpty())
	},
		Entry("no file name", 400, `"filename":{`, `{"name":"A"}`),
		Entry("no length", 400, `"x-upload-content-length":{`, `{"filename":"a.mp4"}`, "X-Upload-Content-Length", ""),
		Entry("a negative length", 400, `"x-upload-content-length":{`, `{"filename":"a.mp4"}`, "X-Upload-Content-Length", "-1"),
		Entry("no type", 400, `"location":"headers"`, `{"filename":"a.mp4"}`, "X-Upload-Content-Type", ""),
		Entry("another type", 415, `.webm, .ogv, .mp4`, `{"filename":"a.mp4"}`, "X-Upload-Content-Type", "text/plain"),
		Entry("another extension", 415, `.webm, .ogv, .mp4`, `{"filename":"a.exe"}`),
		Entry("more than uploadx takes", 413, `"code":"RequestEntityTooLarge"`, `{"filename":"a.mp4"}`, "X-Upload-Content-Length", "1000000000000000"),
		Entry("nobody", 401, `"status":401`, `{"filename":"a.mp4"}`, "User", ""),
		Entry("a body that is no JSON", 400, `SyntaxError`, `{"filename"`),
		Entry("a form of more than 10 MB", 413, `PayloadTooLarge`,
			"--b\r\nContent-Disposition: form-data; name=\"t\"; filename=\"t.png\"\r\n\r\n"+strings.Repeat("x", 11<<20), "Content-Type", "multipart/form-data; boundary=b"),
	)
})

var _ = Describe("Sending parts", func() {
	var w *world
	var query string
	BeforeEach(func() {
		w = newWorld()
		query = w.begin()
	})
	file := func() string {
		GinkgoHelper()
		content, err := os.ReadFile(filepath.Join(w.folder, "1-"+strings.TrimPrefix(query, "?upload_id=")+".mp4"))
		Expect(err).NotTo(HaveOccurred())
		return string(content)
	}

	It("answers 308 with what is on disk, and the last 200 with what has become of it", func() {
		a := w.put(query, "0-3/10", "abcd")
		Expect(a).To(And(be(http.StatusPermanentRedirect), has("bytes=0-3")))
		Expect(a.Header.Get("Access-Control-Expose-Headers")).To(ContainSubstring("Range"))
		Expect(file()).To(Equal("abcd"))
		Expect(w.put(query, "4-7/10", "efgh")).To(has("bytes=0-7"))
		last := w.put(query, "8-9/10", "ij")
		Expect(last).To(be(http.StatusOK, `{"text":`))
		Expect(w.texts.made).To(ConsistOf(`"a.mp4: abcdefghij"`))
		Expect(w.names()).To(BeEmpty())
		Expect(w.put(query, "8-9/10", "ij")).To(be(http.StatusOK, last.Body), "asked again")
		Expect(w.put(query, "*/10", "")).To(be(http.StatusOK, last.Body))
		Expect(w.texts.made).To(HaveLen(1))
		Expect(w.send(http.MethodDelete, query, "")).To(be(http.StatusNoContent))
		Expect(w.put(query, "*/10", "")).To(be(http.StatusNotFound, "FileNotFound"))
	})
	It("says what is there to who asks", func() {
		Expect(w.put(query, "*/10", "")).To(And(be(http.StatusPermanentRedirect), has("bytes=0--1")))
		w.put(query, "0-3/10", "abcd")
		Expect(w.put(query, "*/10", "")).To(has("bytes=0-3"))
		Expect(w.send(http.MethodPut, query, "")).To(has("bytes=0-3"), "nothing at all is a question too")
	})
	It("goes back when an earlier part comes again", func() {
		w.put(query, "0-7/10", "abcdefgh")
		Expect(w.put(query, "2-4/10", "XYZ")).To(has("bytes=0-4"))
		Expect(file()).To(Equal("abXYZ"))
	})
	It("does not keep what would leave a hole, and says where to go on", func() {
		w.put(query, "0-1/10", "ab")
		Expect(w.put(query, "5-6/10", "fg")).To(And(be(http.StatusPermanentRedirect), has("bytes=0-1")))
		Expect(file()).To(Equal("ab"))
	})
	It("takes a part without a range, or with one that says nothing, for the beginning", func() {
		Expect(w.send(http.MethodPut, query, "abc")).To(has("bytes=0-2"))
		Expect(w.send(http.MethodPut, query, "ab", "Content-Range", "garbage")).To(has("bytes=0-1"))
	})
	It("believes a client that the file is shorter than announced", func() {
		Expect(w.put(query, "0-3/4", "abcd")).To(be(http.StatusOK, "text"))
	})
	DescribeTable("checks sums", func(name, value string, status int, code string) {
		Expect(w.put(query, "0-3/10", "abcd", name, value)).To(be(status, code))
		if status != http.StatusPermanentRedirect {
			Expect(file()).To(BeEmpty())
		}
	},
		Entry("sha1", "Digest", "sha1=gf6L/odXbD7LIkJvjleEc4KRes8=", 308, ""),
		Entry("sha", "Digest", "sha=gf6L/odXbD7LIkJvjleEc4KRes8=", 308, ""),
		Entry("sha-256", "Digest", "sha-256=iNQmb9TmM40TuEX88olXnSCciXgjuSF9o+Fhk28DFYk=", 308, ""),
		Entry("of another text", "Digest", "sha-256=AAAA", 460, "ChecksumMismatch"),
		Entry("Content-MD5 of another text", "Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", 460, "ChecksumMismatch"),
		Entry("of a kind that is not known", "Digest", "crc32=AAAA", 400, "UnsupportedChecksumAlgorithm"),
	)
	It("refuses more than was announced", func() {
		Expect(w.put(query, "0-10/11", "abcdefghijk")).To(be(http.StatusConflict, "FileConflict"))
		Expect(w.put(query, "8-11/10", "abcd")).To(be(http.StatusConflict, "FileConflict"))
		Expect(w.put(query, "99999999999999999999-/10", "abcd")).To(be(http.StatusPermanentRedirect))
		Expect(w.put(query, "9223372036854775807-/10", "abcd")).To(be(http.StatusConflict))
	})
	It("refuses ids that are not the sender's, and those that are not there", func() {
		Expect(w.put(query, "*/10", "", "User", "2")).To(be(http.StatusForbidden, "Forbidden"))
		Expect(w.put("?upload_id=deadbeef", "*/10", "")).To(be(http.StatusForbidden, "Forbidden"))
		Expect(w.put("", "*/10", "")).To(be(http.StatusForbidden, "Forbidden"))
		Expect(w.put(query+"0", "*/10", "")).To(be(http.StatusNotFound, "FileNotFound"))
		Expect(w.send(http.MethodDelete, query, "", "User", "2")).To(be(http.StatusForbidden))
		Expect(w.send(http.MethodDelete, query+"0", "")).To(be(http.StatusNoContent))
		Expect(w.put(query, "*/10", "", "User", "")).To(be(http.StatusUnauthorized))
	})
	It("is over when the file has gone", func() {
		Expect(os.RemoveAll(w.folder)).To(Succeed())
		Expect(w.put(query, "0-3/10", "abcd")).To(be(http.StatusNotFound, "FileNotFound"))
	})
	It("lets one request at a time write", func() {
		_, hold, err := w.api.Sessions.Hold(context.Background(), strings.TrimPrefix(query, "?upload_id="), w.people[0].UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.put(query, "0-3/10", "abcd")).To(be(http.StatusLocked, "FileLocked"))
		Expect(hold.Release(context.Background())).To(Succeed())
		Expect(w.put(query, "0-3/10", "abcd")).To(be(http.StatusPermanentRedirect))
	})
	It("keeps nothing of a file that is refused", func() {
		w.texts.refusal = kernel.Refuse(kernel.CodeUnprocessable, "Video file unreadable.")
		Expect(w.put(query, "0-9/10", "abcdefghij")).To(be(http.StatusUnprocessableEntity, "Video file unreadable."))
		Expect(w.names()).To(BeEmpty())
		Expect(w.put(query, "*/10", "")).To(be(http.StatusNotFound))
	})
	It("can be finished again after a fault, by the same command and plan", func() {
		w.texts.fault = errors.New("the disk is full")
		Expect(w.put(query, "0-9/10", "abcdefghij")).To(be(http.StatusInternalServerError))
		Expect(w.put(query, "*/10", "")).To(be(http.StatusOK, "text"))
		Expect(w.texts.made).To(HaveLen(1))
		Expect(w.texts.planned).To(Equal(1))
	})
	It("asks for patience while it is being finished", func() {
		w.texts.gate, w.texts.entered = make(chan struct{}), make(chan struct{})
		done := make(chan answer, 1)
		go func() {
			defer GinkgoRecover()
			done <- w.put(query, "0-9/10", "abcdefghij")
		}()
		<-w.texts.entered
		a := w.put(query, "*/10", "")
		close(w.texts.gate)
		Expect(a).To(be(http.StatusServiceUnavailable, "The upload is already being processed"))
		Expect(a.Header.Get("Retry-After")).To(Equal("300"))
		Expect(<-done).To(be(http.StatusOK, "text"))
	})
	It("is swept when nobody goes on with it", func() {
		Expect(w.api.Sweep(context.Background())).To(Succeed())
		Expect(w.names()).To(HaveLen(2))
		Expect(w.api.Sweep(context.Background())).To(Succeed())
		Expect(w.names()).To(BeEmpty())
		Expect(w.put(query, "*/10", "")).To(be(http.StatusNotFound))
	})
})
