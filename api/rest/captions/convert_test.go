package captions

import (
	"testing"
	"unicode/utf8"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestCaptions(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Captions")
}

var _ = Describe("A SubRip file", func() {
	const cue = "1\n00:00:01,600 --> 00:00:04,200\nEnglish (US)\n\n\n2\n00:00:05,9 --> 00:00:07\n{\\i1}Two{\\i0}\nlines"

	It("becomes WebVTT in PeerTube's form", func() {
		Expect(string(asWebVTT([]byte(cue), true))).To(Equal("WEBVTT FILE\r\n\r\n1\r\n00:00:01.600 --> 00:00:04.200\r\nEnglish (US)\r\n\r\n" +
			"2\r\n00:00:05.009 --> 00:00:07.000\r\n<i>Two</i>\r\nlines\r\n"))
	})
	It("that is WebVTT already, and every WebVTT file, stays as it is", func() {
		Expect(string(asWebVTT([]byte("WEBVTT\n\n00:01,5"), true))).To(Equal("WEBVTT\n\n00:01,5"))
		Expect(string(asWebVTT([]byte(cue), false))).To(Equal(cue))
	})
	DescribeTable("is read in its encoding", func(raw string, expected string) {
		Expect(string(asWebVTT([]byte(raw), false))).To(Equal(expected))
	},
		Entry("UTF-8", "é", "é"),
		Entry("UTF-8 with a mark", "\xEF\xBB\xBFé", "é"),
		Entry("UTF-16, little end first", "\xFF\xFE\xE9\x00", "é"),
		Entry("Windows-1252", "\xE9", "é"),
	)
})

func FuzzConversion(f *testing.F) {
	f.Add([]byte("1\n00:00:01,600 --> 00:00:04,200\nText\n"), true)
	f.Add([]byte{0xFF, 0xFE, 0x31}, false)
	f.Fuzz(func(t *testing.T, raw []byte, isSubRip bool) {
		if text := asWebVTT(raw, isSubRip); !utf8.Valid(text) {
			t.Fatalf("%q is no UTF-8", text)
		}
	})
}
