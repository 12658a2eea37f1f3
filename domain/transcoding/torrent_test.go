package transcoding_test

import (
	"bytes"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

var _ = Describe("A torrent", func() {
	film := transcoding.Torrent{
		Name: "fc big 720p.mp4", Length: 20_000, PieceLength: 16_384, Pieces: bytes.Repeat([]byte("0123456789abcdefghij"), 2),
		Trackers: []string{"ws://127.0.0.1:9001/tracker/socket", "http://127.0.0.1:9001/tracker/announce"},
		WebSeeds: []string{"http://127.0.0.1:9001/static/web-videos/a-720.mp4"}, CreatedAt: 1_700_000_000,
	}

	It("is written as create-torrent does", func() {
		Expect(string(film.Encode())).To(Equal("d8:announce34:ws://127.0.0.1:9001/tracker/socket" +
			"13:announce-listll34:ws://127.0.0.1:9001/tracker/socketel38:http://127.0.0.1:9001/tracker/announceee" +
			"10:created by8:PeerTube13:creation datei1700000000e8:encoding5:UTF-8" +
			"4:infod6:lengthi20000e4:name15:fc big 720p.mp412:piece lengthi16384e6:pieces40:0123456789abcdefghij0123456789abcdefghije" +
			"8:url-listl49:http://127.0.0.1:9001/static/web-videos/a-720.mp4ee"))
	})
	It("has a hash that follows its name and not its addresses", func() {
		elsewhere, renamed := film, film
		elsewhere.WebSeeds, elsewhere.Trackers = nil, nil
		renamed.Name = "other 720p.mp4"
		Expect(film.InfoHash()).To(HaveLen(40))
		Expect(elsewhere.InfoHash()).To(Equal(film.InfoHash()))
		Expect(renamed.InfoHash()).NotTo(Equal(film.InfoHash()))
	})
	DescribeTable("has pieces of", func(bytes, length int64) {
		Expect(transcoding.PieceLength(bytes)).To(Equal(length))
	},
		Entry("16 KiB for nothing", int64(0), int64(16_384)),
		Entry("16 KiB for 4.7 MB", int64(4_700_000), int64(16_384)),
		Entry("1 MiB for 1 GiB", int64(1<<30), int64(1<<20)),
		Entry("4 MiB for 5 GB", int64(5_000_000_000), int64(4<<20)),
	)
	It("calls its content so that every file system takes it", func() {
		Expect(transcoding.TorrentContentName(`a/b\c?d%e*f:g|h"i<j>k`, 720, ".mp4")).To(Equal("a-b-c-d-e-f-g-h-i-j-k 720p.mp4"))
	})
	DescribeTable("is not", func(text string) {
		_, err := transcoding.ParseTorrent([]byte(text))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
	},
		Entry("nothing", ""),
		Entry("a number", "i1e"),
		Entry("cut off", string(film.Encode()[:100])),
		Entry("followed by something", string(film.Encode())+"x"),
		Entry("without hashes", strings.Replace(string(film.Encode()), "6:pieces40:0123456789abcdefghij0123456789abcdefghij", "6:pieces0:", 1)),
		Entry("an endless list", strings.Repeat("l", 100_000)),
		Entry("a text of more than there is", "99999999999:a"),
		Entry("a text of less than nothing", "-1:a"),
	)
})

func TestTorrentsSurviveWritingAndReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.IntRange(0, 5).Draw(t, "pieces")
		want := transcoding.Torrent{
			Name: rapid.String().Draw(t, "name"), PieceLength: 16_384, Length: int64(pieces) * 16_384,
			Pieces: bytes.Repeat([]byte{7}, 20*pieces), CreatedAt: rapid.Int64().Draw(t, "at"),
			Trackers: rapid.SliceOf(rapid.String()).Draw(t, "trackers"), WebSeeds: rapid.SliceOf(rapid.String()).Draw(t, "seeds"),
		}
		got, err := transcoding.ParseTorrent(want.Encode())
		if err != nil || !bytes.Equal(got.Encode(), want.Encode()) {
			t.Fatalf("%v\n%+v\n%+v", err, got, want)
		}
	})
}
