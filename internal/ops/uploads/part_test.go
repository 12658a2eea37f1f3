package uploads_test

import (
	"crypto/md5" //nolint:gosec // what clients send
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing/iotest"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/ops/uploads"
)

var _ = Describe("A part", func() {
	var path string
	BeforeEach(func() {
		path = filepath.Join(GinkgoT().TempDir(), "1-a.mp4")
		Expect(uploads.Create(path)).To(Succeed())
	})
	content := func() string {
		GinkgoHelper()
		text, err := os.ReadFile(path)
		Expect(err).NotTo(HaveOccurred())
		return string(text)
	}
	write := func(start int64, text string) {
		GinkgoHelper()
		Expect(uploads.Part{Start: start, Most: 100, Body: strings.NewReader(text)}.Write(path)).To(Equal(start + int64(len(text))))
	}
	sum := func(text string) uploads.Checksum {
		digest := md5.Sum([]byte(text)) //nolint:gosec // as above
		return uploads.Checksum{Kind: "md5", Base64: base64.StdEncoding.EncodeToString(digest[:])}
	}

	It("is put behind what is there", func() {
		write(0, "hello ")
		write(6, "world")
		Expect(content()).To(Equal("hello world"))
	})
	It("takes the place of what was sent before", func() {
		write(0, "hello world")
		write(6, "you")
		Expect(content()).To(Equal("hello you"))
	})
	It("keeps what came when the sender breaks off", func() {
		broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("line cut")))
		written, err := uploads.Part{Most: 100, Body: broken}.Write(path)
		Expect(err).To(MatchError(ContainSubstring("line cut")))
		Expect(written).To(Equal(int64(4)))
		Expect(content()).To(Equal("half"))
	})
	It("keeps nothing of a broken one that a checksum stands for", func() {
		write(0, "hello ")
		broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("line cut")))
		written, err := uploads.Part{Start: 6, Most: 100, Body: broken, Checksum: sum("half of it")}.Write(path)
		Expect(err).To(MatchError(ContainSubstring("line cut")))
		Expect(written).To(Equal(int64(6)))
		Expect(content()).To(Equal("hello "))
	})
	It("is refused whole when it is longer than announced", func() {
		written, err := uploads.Part{Most: 3, Body: strings.NewReader("four")}.Write(path)
		Expect(err).To(MatchError(uploads.ErrTooLong))
		Expect(written).To(BeZero())
		Expect(content()).To(BeEmpty())
	})
	It("is checked against its sum", func() {
		Expect(uploads.Part{Most: 10, Body: strings.NewReader("hello"), Checksum: sum("hello")}.Write(path)).To(Equal(int64(5)))
		written, err := uploads.Part{Start: 5, Most: 10, Body: strings.NewReader("hello"), Checksum: sum("hullo")}.Write(path)
		Expect(err).To(MatchError(uploads.ErrChecksum))
		Expect(written).To(Equal(int64(5)))
		_, err = uploads.Part{Most: 10, Body: strings.NewReader("x"), Checksum: uploads.Checksum{Kind: "crc", Base64: "x"}}.Write(path)
		Expect(err).To(MatchError(uploads.ErrChecksumKind))
		Expect(content()).To(Equal("hello"))
	})
	It("that has no place is read and not kept", func() {
		Expect(uploads.Part{Most: 10, Body: strings.NewReader("hello"), Checksum: sum("hello")}.Skip()).To(Succeed())
		Expect(uploads.Part{Most: 10, Body: strings.NewReader("hello"), Checksum: sum("hullo")}.Skip()).To(MatchError(uploads.ErrChecksum))
	})
	It("counts as there only as far as it was acknowledged and is on disk", func() {
		write(0, "hello world")
		Expect(uploads.OnDisk(path, 5)).To(Equal(int64(5)))
		Expect(os.Truncate(path, 3)).To(Succeed())
		Expect(uploads.OnDisk(path, 5)).To(Equal(int64(3)))
		_, err := uploads.OnDisk(path+".gone", 5)
		Expect(err).To(MatchError(os.ErrNotExist))
	})
})
