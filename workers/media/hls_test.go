package media_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/transcoding"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// boxes are the names of the MP4 boxes that fill a range exactly.
func boxes(content []byte) []string {
	GinkgoHelper()
	var list []string
	for len(content) > 0 {
		Expect(len(content)).To(BeNumerically(">=", 8), "a box is cut: %v", list)
		size := int(binary.BigEndian.Uint32(content))
		Expect(size).To(And(BeNumerically(">=", 8), BeNumerically("<=", len(content))), "after %v", list)
		list = append(list, string(content[4:8]))
		content = content[size:]
	}
	return list
}

// playedSeconds is how long ffmpeg plays a playlist, and a failure when anything in it is damaged.
func playedSeconds(playlist string) float64 {
	GinkgoHelper()
	out, err := exec.Command("ffmpeg", "-v", "error", "-xerror", "-progress", "pipe:1", "-nostats", "-protocol_whitelist", "file", "-i", playlist, "-f", "null", "-").CombinedOutput()
	Expect(err).NotTo(HaveOccurred(), "%s", out)
	text := string(out)
	text, _, _ = strings.Cut(text[strings.LastIndex(text, "out_time_us=")+len("out_time_us="):], "\n")
	micros, err := strconv.ParseFloat(text, 64)
	Expect(err).NotTo(HaveOccurred())
	return micros / 1e6
}

var _ = Describe("An HLS rendition", needsFFmpeg, func() {
	var directory string
	media240 := transcoding.HLSMediaName(uuid, 240)
	BeforeEach(func() { directory = filepath.Join(GinkgoT().TempDir(), "hls", "video") })

	encode := func(ctx context.Context, h media.HLS) (media.Rendition, []byte, string) {
		GinkgoHelper()
		h.Directory = directory
		made, err := tools.HLS(ctx, h)
		Expect(err).NotTo(HaveOccurred())
		content, err := os.ReadFile(filepath.Join(directory, h.Media))
		Expect(err).NotTo(HaveOccurred())
		playlist, err := os.ReadFile(filepath.Join(directory, transcoding.HLSPlaylistName(h.Media)))
		Expect(err).NotTo(HaveOccurred())
		return made, content, string(playlist)
	}

	It("is one fragmented file with a playlist of byte ranges", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Seconds: 9.5, Audio: "aac"})
		made, content, playlist := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), Media: media240})

		By("leaving these two files and no others")
		Expect(names(directory)).To(ConsistOf(media240, uuid+"-240.m3u8"))
		info, err := os.Stat(filepath.Join(directory, uuid+"-240.m3u8"))
		Expect(err).NotTo(HaveOccurred())
		Expect(info.Mode().Perm()).To(Equal(os.FileMode(0o644)))

		By("writing the playlist line by line as PeerTube's")
		lines := strings.Split(playlist, "\n")
		Expect(lines[:5]).To(Equal([]string{"#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:4", "#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:VOD"}))
		Expect(lines[5]).To(MatchRegexp(`^#EXT-X-MAP:URI="` + media240 + `",BYTERANGE="\d+@0"$`))
		for i, duration := range []string{"4.000000", "4.000000", "1.500000"} {
			Expect(lines[6+3*i]).To(Equal("#EXTINF:" + duration + ","))
			Expect(lines[7+3*i]).To(MatchRegexp(`^#EXT-X-BYTERANGE:\d+@\d+$`))
			Expect(lines[8+3*i]).To(Equal(media240))
		}
		Expect(lines[15:]).To(Equal([]string{"#EXT-X-ENDLIST", ""}))

		By("beginning with the initialisation and each range with a fragment")
		Expect(boxes(content[:made.Playlist.InitLength])).To(Equal([]string{"ftyp", "moov"}))
		for _, segment := range made.Playlist.Segments {
			inside := boxes(content[segment.Offset : segment.End()+1])
			for inside[0] == "sidx" { // an index of what follows, one per stream; ffmpeg 5 and later write it
				inside = inside[1:]
			}
			Expect(inside).To(Equal([]string{"moof", "mdat"}))
		}

		By("hashing what the ranges hold")
		Expect(made.Hashes.Media).To(Equal(media240))
		Expect(made.Hashes.Segments).To(HaveLen(3))
		for _, hash := range made.Hashes.Segments {
			sum := sha256.Sum256(content[hash.Start : hash.End+1])
			Expect(hash.SHA256).To(Equal(hex.EncodeToString(sum[:])))
		}
		Expect(tools.HashSegments(ctx, directory, media240)).To(Equal(made.Hashes))

		By("playing to its end")
		Expect(playedSeconds(filepath.Join(directory, uuid+"-240.m3u8"))).To(BeNumerically("~", 9.5, 0.1))
		Expect(made.Probe.Duration).To(BeNumerically("~", 9.5, 0.1))
		Expect(made.Probe.CodecStrings()).To(Equal("avc1.64000d,mp4a.40.2"))
		Expect(made.Probe.Size).To(Equal(int64(len(content))))
	})

	It("copies a web video that was encoded here, cut every four seconds", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Width: 640, Height: 360, Seconds: 9.5, Audio: "libmp3lame", Extension: ".mkv"})
		web := filepath.Join(directory, "web.mp4")
		webProbe, err := tools.WebVideo(ctx, media.WebVideo{Source: path, Probe: probe, Encoding: encoding(240, 25), Output: web})
		Expect(err).NotTo(HaveOccurred())
		made, _, _ := encode(ctx, media.HLS{
			Source: web, Probe: webProbe, Media: media240,
			Encoding: transcoding.Encoding{Resolution: 240, FPS: 25, QuickCopy: true},
		})
		Expect(packets(filepath.Join(directory, media240), "v")).To(Equal(packets(web, "v")))
		Expect([]int{made.Probe.Video.Width, made.Probe.Video.Height, made.Probe.FPS()}).To(Equal([]int{426, 240, 25}))
		for _, segment := range made.Playlist.Segments[:2] {
			Expect(segment.Duration.Seconds()).To(BeNumerically("~", 4, 0.001))
		}
		// Reordered frames of the source delay the picture by a few; PeerTube's copies are as much longer.
		Expect(playedSeconds(filepath.Join(directory, uuid+"-240.m3u8"))).To(BeNumerically("~", 9.5, 0.25))
	})

	It("can leave the sound to a rendition of its own", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Seconds: 9.5, Audio: "aac"})
		picture, _, _ := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(144, 30), WithoutSound: true, Media: transcoding.HLSMediaName(uuid, 144)})
		Expect(picture.Probe.HasAudio()).To(BeFalse())
		sound, _, _ := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(transcoding.AudioOnly, 0), Media: transcoding.HLSMediaName(uuid, 0)})
		Expect(sound.Probe.IsAudioOnly()).To(BeTrue())
		Expect(len(sound.Playlist.Segments)).To(BeNumerically(">=", 2))
		Expect(playedSeconds(filepath.Join(directory, uuid+"-0.m3u8"))).To(BeNumerically("~", 9.5, 0.1))
	})

	It("works without sound", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{})
		made, _, _ := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), Media: media240})
		Expect(made.Probe.HasAudio()).To(BeFalse())
		Expect(playedSeconds(filepath.Join(directory, uuid+"-240.m3u8"))).To(BeNumerically("~", 2, 0.1))
	})

	It("has an index of all renditions", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Seconds: 5, Audio: "aac"})
		media144 := transcoding.HLSMediaName(uuid, 144)
		high, _, _ := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), Media: media240})
		low, _, _ := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(144, 30), Media: media144})
		Expect(tools.WriteHLSIndex(ctx, media.HLSIndex{
			Directory: directory, MasterName: transcoding.HLSMasterName(uuid), HashesName: transcoding.HLSHashesName(uuid), Seconds: 5,
			Renditions: []transcoding.Rendition{transcoding.RenditionOf(media240, high.Probe), transcoding.RenditionOf(media144, low.Probe)},
			Known:      []transcoding.MediaHashes{high.Hashes}, // the other's are read
		})).To(Succeed())

		By("writing hashes of both")
		text, err := os.ReadFile(filepath.Join(directory, uuid+"-segments-sha256.json"))
		Expect(err).NotTo(HaveOccurred())
		var hashes map[string]map[string]string
		Expect(json.Unmarshal(text, &hashes)).To(Succeed())
		Expect(hashes).To(HaveLen(2))
		Expect(hashes[media144]).To(HaveLen(len(low.Playlist.Segments)))
		Expect(hashes[media144]).To(ContainElement(low.Hashes.Segments[0].SHA256))

		By("writing a master that plays")
		Expect(names(directory)).To(HaveLen(6))
		Expect(playedSeconds(filepath.Join(directory, uuid+"-master.m3u8"))).To(BeNumerically("~", 5, 0.1))
		out, err := exec.Command("ffprobe", "-v", "error", "-protocol_whitelist", "file", "-show_entries", "stream=width,height", "-of", "csv=p=0", filepath.Join(directory, uuid+"-master.m3u8")).Output()
		Expect(err).NotTo(HaveOccurred())
		Expect(string(out)).To(And(ContainSubstring("320,240"), ContainSubstring("192,144")))
	})

	It("reports rising progress that ends at 100, and overwrites an earlier attempt", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Seconds: 5, Audio: "aac"})
		var seen []int
		request := media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), Media: media240, Progress: func(percent int) { seen = append(seen, percent) }}
		encode(ctx, request)
		for i, percent := range seen[1:] {
			Expect(percent).To(BeNumerically(">", seen[i]), "%v", seen)
		}
		Expect(seen[len(seen)-1]).To(Equal(100))
		request.Encoding = encoding(144, 30)
		again, _, _ := encode(ctx, request)
		Expect(again.Probe.Resolution()).To(Equal(transcoding.Resolution(144)))
		Expect(names(directory)).To(HaveLen(2))
	})

	It("is split into picture and sound, of which a web video is made again", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Seconds: 3, Audio: "aac"})
		media0 := transcoding.HLSMediaName(uuid, 0)
		picture, _, _ := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), WithoutSound: true, Media: media240})
		sound, _, _ := encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(0, 0), Media: media0})
		Expect([]bool{picture.Probe.HasVideo(), picture.Probe.HasAudio()}).To(Equal([]bool{true, false}))
		Expect([]bool{sound.Probe.HasVideo(), sound.Probe.HasAudio()}).To(Equal([]bool{false, true}))

		joined, err := tools.WebVideo(ctx, media.WebVideo{
			Source: filepath.Join(directory, media240), Probe: picture.Probe, Encoding: encoding(144, 30),
			Sound: media.Sound{Source: filepath.Join(directory, media0), Probe: sound.Probe}, Output: filepath.Join(directory, "joined.mp4"),
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(joined.Resolution()).To(Equal(transcoding.Resolution(144)))
		Expect(joined.HasAudio()).To(BeTrue())
		Expect(joined.Duration).To(BeNumerically("~", 3, 0.2))
	})

	It("leaves nothing when it fails", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{})
		probe.Video.Index = 7
		_, err := tools.HLS(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), Directory: directory, Media: media240})
		Expect(err).To(MatchError(ContainSubstring("ffmpeg failed")))
		Expect(names(directory)).To(BeEmpty())
	})

	DescribeTable("refuses as name", func(ctx SpecContext, name string) {
		path, probe := source(ctx, mediatest.Spec{})
		_, err := tools.HLS(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), Directory: directory, Media: name})
		Expect(err).To(MatchError(ContainSubstring("name of a")))
		Expect(directory).NotTo(BeADirectory())
	},
		Entry("a path", "../"+media240),
		Entry("a pattern", "a%d-fragmented.mp4"),
		Entry("a quotation mark", `a"-fragmented.mp4`),
	)

	It("notices that a file is not what its playlist says", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{})
		encode(ctx, media.HLS{Source: path, Probe: probe, Encoding: encoding(240, 30), Media: media240})
		Expect(os.Truncate(filepath.Join(directory, media240), 5000)).To(Succeed())
		_, err := tools.HashSegments(ctx, directory, media240)
		Expect(err).To(MatchError(ContainSubstring("hash segment 0")))
	})
})
