package transcoding_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

const (
	uuid240 = "7651068c-78a4-4c45-b6f6-5acd8cefe9d8"
	uuid360 = "aa21e79c-73cc-4ef6-b14e-d6f62142d854"
	uuid720 = "a0b0205f-5825-4c42-8efe-4524c51551e3"
)

// A video of 12 seconds as PeerTube 6.3 served it.
const masterOf12Seconds = `#EXTM3U
#EXT-X-VERSION:3


#EXT-X-STREAM-INF:BANDWIDTH=341667,RESOLUTION=426x240,FRAME-RATE=30,CODECS="avc1.640015,mp4a.40.2"
7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=565828,RESOLUTION=640x360,FRAME-RATE=30,CODECS="avc1.64001e,mp4a.40.2"
aa21e79c-73cc-4ef6-b14e-d6f62142d854-360.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=3241573,RESOLUTION=1280x720,FRAME-RATE=60,CODECS="avc1.640020,mp4a.40.2"
a0b0205f-5825-4c42-8efe-4524c51551e3-720.m3u8
`

const mediaOf12Seconds = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240-fragmented.mp4",BYTERANGE="1377@0"
#EXTINF:4.000000,
#EXT-X-BYTERANGE:162514@1377
7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240-fragmented.mp4
#EXTINF:4.000000,
#EXT-X-BYTERANGE:172131@163891
7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240-fragmented.mp4
#EXTINF:4.000000,
#EXT-X-BYTERANGE:168483@336022
7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240-fragmented.mp4
#EXTINF:0.066667,
#EXT-X-BYTERANGE:7995@504505
7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240-fragmented.mp4
#EXT-X-ENDLIST
`

func rendition(uuid string, r transcoding.Resolution, width, level int, fps float64, size int64) transcoding.Rendition {
	return transcoding.RenditionOf(transcoding.HLSMediaName(uuid, r), transcoding.Probe{
		Size:  size,
		Video: transcoding.VideoStream{Codec: "h264", Profile: "High", Level: level, Width: width, Height: int(r), FrameRate: fps},
		Audio: transcoding.AudioStream{Codec: "aac", Profile: "LC"},
	})
}

var _ = Describe("File names", func() {
	It("have PeerTube's forms", func() {
		Expect(transcoding.WebVideoName(uuid720, 720)).To(Equal(uuid720 + "-720.mp4"))
		Expect(transcoding.HLSMediaName(uuid720, 720)).To(Equal(uuid720 + "-720-fragmented.mp4"))
		Expect(transcoding.HLSPlaylistName(uuid720 + "-720-fragmented.mp4")).To(Equal(uuid720 + "-720.m3u8"))
		Expect(transcoding.HLSMasterName(uuid720)).To(Equal(uuid720 + "-master.m3u8"))
		Expect(transcoding.HLSHashesName(uuid720)).To(Equal(uuid720 + "-segments-sha256.json"))
		Expect(transcoding.TorrentName(uuid720, 720)).To(Equal(uuid720 + "-720.torrent"))
		Expect(transcoding.HLSTorrentName(uuid720, 720)).To(Equal(uuid720 + "-720-hls.torrent"))
		Expect(transcoding.ImageName(uuid720)).To(Equal(uuid720 + ".jpg"))
		Expect(transcoding.OriginalName(uuid720, ".mkv")).To(Equal(uuid720 + ".mkv"))
	})
})

var _ = Describe("The master playlist", func() {
	sound := transcoding.Rendition{Media: transcoding.HLSMediaName(uuid240, 0), Size: 200_000, AudioCodec: "mp4a.40.2"}

	It("is PeerTube's, lowest first whatever the order of the files", func() {
		Expect(transcoding.MasterPlaylist([]transcoding.Rendition{
			rendition(uuid720, 720, 1280, 32, 60, 4_862_359),
			rendition(uuid240, 240, 426, 21, 30, 512_500),
			rendition(uuid360, 360, 640, 30, 30, 848_741),
		}, 12)).To(Equal(masterOf12Seconds))
	})
	It("takes the size for the bandwidth when the duration is unknown", func() {
		Expect(transcoding.MasterPlaylist([]transcoding.Rendition{rendition(uuid240, 240, 426, 21, 0, 512_500)}, 0)).
			To(ContainSubstring("#EXT-X-STREAM-INF:BANDWIDTH=512500,RESOLUTION=426x240,CODECS="))
	})
	It("has sound only as a stream when there is nothing else", func() {
		Expect(transcoding.MasterPlaylist([]transcoding.Rendition{sound}, 10)).To(Equal(
			"#EXTM3U\n#EXT-X-VERSION:3\n\n\n#EXT-X-STREAM-INF:BANDWIDTH=160000,CODECS=\"mp4a.40.2\"\n" + uuid240 + "-0.m3u8\n"))
	})
	It("leaves sound only out beside renditions that have their own", func() {
		Expect(transcoding.MasterPlaylist([]transcoding.Rendition{sound, rendition(uuid720, 720, 1280, 32, 60, 1)}, 12)).
			NotTo(ContainSubstring("-0.m3u8"))
	})
	It("gives silent renditions their common sound", func() {
		picture := rendition(uuid720, 720, 1280, 32, 60, 1_000_000)
		picture.AudioCodec = ""
		Expect(transcoding.MasterPlaylist([]transcoding.Rendition{picture, sound}, 8)).To(Equal(`#EXTM3U
#EXT-X-VERSION:3

#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",AUTOSELECT=YES,DEFAULT=YES,URI="` + uuid240 + `-0.m3u8"

#EXT-X-STREAM-INF:BANDWIDTH=1000000,RESOLUTION=1280x720,FRAME-RATE=60,CODECS="avc1.640020,mp4a.40.2",AUDIO="audio"
` + uuid720 + "-720.m3u8\n"))
	})
})

var _ = Describe("Codec strings", func() {
	DescribeTable("of video", func(codec, profile string, level int, text string) {
		Expect(transcoding.VideoStream{Codec: codec, Profile: profile, Level: level}.CodecString()).To(Equal(text))
	},
		Entry("High", "h264", "High", 40, "avc1.640028"),
		Entry("Main", "h264", "Main", 31, "avc1.4D401f"),
		Entry("Constrained Baseline", "h264", "Constrained Baseline", 32, "avc1.42E020"),
		Entry("level 1", "h264", "High", 10, "avc1.64000a"),
		Entry("a profile it does not know", "h264", "High 4:4:4 Predictive", 30, "avc1.64001e"),
		Entry("VP9", "vp9", "Profile 0", -99, "vp09.00.50.08"),
		Entry("AV1", "av1", "Main", 8, "av01.0.08M.08"),
		Entry("HEVC", "hevc", "Main", 93, "hev1.1.6.L93.B0"),
		Entry("none", "", "", 0, ""),
	)
	DescribeTable("of audio", func(codec, profile, text string) {
		Expect(transcoding.AudioStream{Codec: codec, Profile: profile}.CodecString()).To(Equal(text))
	},
		Entry("AAC", "aac", "LC", "mp4a.40.2"),
		Entry("HE-AAC", "aac", "HE-AAC", "mp4a.40.5"),
		Entry("MP3", "mp3", "", "mp4a.40.34"),
		Entry("Opus", "opus", "", "opus"),
		Entry("none", "", "", ""),
	)
	It("joins what there is", func() {
		Expect(camera().CodecStrings()).To(Equal("avc1.64001f,mp4a.40.2"))
		Expect(camera(silent).CodecStrings()).To(Equal("avc1.64001f"))
		Expect(camera(pictured).CodecStrings()).To(Equal("mp4a.40.2"))
	})
})

var _ = Describe("The media playlist", func() {
	It("reads PeerTube's and writes it again, byte for byte", func() {
		list, err := transcoding.ParseMediaPlaylist(mediaOf12Seconds)
		Expect(err).NotTo(HaveOccurred())
		Expect(list.Segments).To(HaveLen(4))
		Expect(list.Segments[1]).To(Equal(transcoding.Segment{Duration: 4 * time.Second, Offset: 163891, Length: 172131}))
		Expect(list.Segments[1].End()).To(Equal(int64(336021)))
		Expect(list.Duration()).To(Equal(12066667 * time.Microsecond))
		Expect(list.String()).To(Equal(mediaOf12Seconds))
	})
	It("reads bare names out of paths", func() {
		list, err := transcoding.ParseMediaPlaylist(strings.ReplaceAll(mediaOf12Seconds, uuid240+"-240-f", "/tmp/x/"+uuid240+"-240-f"))
		Expect(err).NotTo(HaveOccurred())
		Expect(list.String()).To(Equal(mediaOf12Seconds))
	})
	DescribeTable("refuses", func(old, replacement string) {
		Expect(mediaOf12Seconds).To(ContainSubstring(old))
		_, err := transcoding.ParseMediaPlaylist(strings.Replace(mediaOf12Seconds, old, replacement, 1))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
	},
		Entry("a gap between segments", "172131@163891", "172131@163892"),
		Entry("a segment of no bytes", "7995@504505", "0@504505"),
		Entry("a second file", "162514@1377\n"+uuid240, "162514@1377\nother"),
		Entry("no end", "#EXT-X-ENDLIST", ""),
		Entry("no initialisation", `,BYTERANGE="1377@0"`, ""),
		Entry("an offset that no file has", "172131@163891", "172131@99999999999999999999"),
	)
	It("rounds the target duration to the longest segment", func() {
		list := transcoding.MediaPlaylist{Segments: []transcoding.Segment{{Duration: 4 * time.Second}, {Duration: 5500 * time.Millisecond}}}
		Expect(list.TargetDuration()).To(Equal(6))
	})
})

func TestMediaPlaylistsSurviveWritingAndReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := transcoding.MediaPlaylist{
			Media:      rapid.StringMatching(`[a-z0-9-]{1,40}-fragmented\.mp4`).Draw(t, "media"),
			InitLength: rapid.Int64Range(1, 1<<20).Draw(t, "init"),
		}
		offset := list.InitLength
		for range rapid.IntRange(1, 30).Draw(t, "segments") {
			s := transcoding.Segment{
				Duration: time.Duration(rapid.Int64Range(0, 9_000_000).Draw(t, "micros")) * time.Microsecond,
				Offset:   offset, Length: rapid.Int64Range(1, 1<<40).Draw(t, "length"),
			}
			offset += s.Length
			list.Segments = append(list.Segments, s)
		}
		read, err := transcoding.ParseMediaPlaylist(list.String())
		if err != nil || read.String() != list.String() || len(read.Segments) != len(list.Segments) {
			t.Fatalf("%v\n%s\n%s", err, list, read)
		}
	})
}

var _ = Describe("The hashes of segments", func() {
	It("is one compact object with both ends inclusive", func() {
		doc := transcoding.HashesDocument([]transcoding.MediaHashes{
			{Media: "b-240-fragmented.mp4", Segments: []transcoding.SegmentHash{{Start: 1377, End: 163890, SHA256: "e803"}, {Start: 163891, End: 336021, SHA256: "c63b"}}},
			{Media: "a-360-fragmented.mp4", Segments: []transcoding.SegmentHash{{Start: 1373, End: 272978, SHA256: "d613"}}},
		})
		Expect(string(doc)).To(Equal(`{"b-240-fragmented.mp4":{"1377-163890":"e803","163891-336021":"c63b"},"a-360-fragmented.mp4":{"1373-272978":"d613"}}` + "\n"))
	})
	It("is valid without files", func() {
		Expect(json.Valid(transcoding.HashesDocument(nil))).To(BeTrue())
	})
	It("has the length that PeerTube's has for the same segments", func() {
		ranges := map[string][][2]int64{
			uuid240 + "-240-fragmented.mp4": {{1377, 163890}, {163891, 336021}, {336022, 504504}, {504505, 512499}},
			uuid360 + "-360-fragmented.mp4": {{1373, 272978}, {272979, 557627}, {557628, 835581}, {835582, 848740}},
			uuid720 + "-720-fragmented.mp4": {{1353, 1623066}, {1623067, 3248912}, {3248913, 4862358}},
		}
		var files []transcoding.MediaHashes
		for media, pairs := range ranges {
			file := transcoding.MediaHashes{Media: media}
			for _, p := range pairs {
				file.Segments = append(file.Segments, transcoding.SegmentHash{Start: p[0], End: p[1], SHA256: strings.Repeat("0", 64)})
			}
			files = append(files, file)
		}
		Expect(transcoding.HashesDocument(files)).To(HaveLen(1094)) // Content-Length of a captured answer
	})
})
