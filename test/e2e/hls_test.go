package e2e_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("The HLS stream of a video, over HTTP", Ordered, func() {
	const seconds = 6
	var h *house
	var playlist instance.Playlist
	var master string // the address of the master playlist
	var levels []string

	read := func(ctx context.Context, address string, header ...string) instance.Answer {
		GinkgoHelper()
		answer, err := h.Anonymous().Do(ctx, http.MethodGet, strings.TrimPrefix(address, h.URL()), nil, header...)
		Expect(err).NotTo(HaveOccurred())
		return answer
	}

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "hls")
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 360, Seconds: seconds, Audio: "aac"})
		video := h.publish(ctx, film, "Streamed")
		Expect(video.StreamingPlaylists).To(HaveLen(1))
		playlist = video.StreamingPlaylists[0]
		master = h.URL() + instance.PathOf(playlist.PlaylistURL)
		for line := range strings.Lines(string(read(ctx, master).Body)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				levels = append(levels, line)
			}
		}
	}, NodeTimeout(4*time.Minute))

	It("has a level per resolution, under names next to the master's", func() {
		Expect(levels).To(HaveLen(len(playlist.Files)))
		Expect(len(levels)).To(BeNumerically(">=", 2), "240p and the original's 360p")
		for _, l := range levels {
			Expect(l).NotTo(ContainSubstring("/"))
		}
	})

	It("is played by ffmpeg from the master, each level to its end, without a complaint", func(ctx SpecContext) {
		var streams struct {
			Streams []struct {
				Type   string `json:"codec_type"`
				Height int    `json:"height"`
			} `json:"streams"`
		}
		output := tool(ctx, "ffprobe", "-v", "error", "-show_entries", "stream=codec_type,height", "-of", "json", master)
		Expect(json.Unmarshal(output, &streams)).To(Succeed())
		heights := map[int]bool{}
		for _, s := range streams.Streams {
			if s.Type == "video" {
				heights[s.Height] = true
			}
		}
		for _, f := range playlist.Files {
			Expect(heights).To(HaveKey(f.Resolution.ID))
		}
		tool(ctx, "ffmpeg", "-nostdin", "-v", "warning", "-i", master, "-map", "0", "-f", "null", "-")
		for _, l := range levels {
			address := h.URL() + path.Dir(instance.PathOf(playlist.PlaylistURL)) + "/" + l
			said := tool(ctx, "ffprobe", "-v", "error", "-select_streams", "v", "-count_frames",
				"-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", address)
			frames, err := strconv.Atoi(strings.Trim(strings.SplitN(strings.TrimSpace(string(said)), "\n", 2)[0], ","))
			Expect(err).NotTo(HaveOccurred(), "%s", said)
			Expect(frames).To(BeNumerically("~", seconds*30, 2), l)
		}
	}, SpecTimeout(2*time.Minute))

	It("has byte ranges whose hashes are those of segments-sha256.json", func(ctx SpecContext) {
		var hashes map[string]map[string]string
		Expect(json.Unmarshal(read(ctx, h.URL()+instance.PathOf(playlist.SegmentsSha256URL)).Body, &hashes)).To(Succeed())
		Expect(hashes).To(HaveLen(len(playlist.Files)))
		checked := 0
		for _, f := range playlist.Files {
			address := instance.PathOf(f.FileURL)
			ranges := hashes[path.Base(address)]
			Expect(ranges).NotTo(BeEmpty(), "%s in %v", path.Base(address), hashes)
			for span, hash := range ranges {
				part := read(ctx, address, "Range", "bytes="+span)
				Expect(part.Status).To(Equal(http.StatusPartialContent))
				sum := sha256.Sum256(part.Body)
				Expect(hex.EncodeToString(sum[:])).To(Equal(hash), "%s of %s", span, address)
				checked++
			}
		}
		Expect(checked).To(BeNumerically(">=", 2*len(playlist.Files)), "segments of each file")
	})

	It("names in its media playlists just the segments that have a hash, and with the initialisation they are the file", func(ctx SpecContext) {
		var hashes map[string]map[string]string
		Expect(json.Unmarshal(read(ctx, h.URL()+instance.PathOf(playlist.SegmentsSha256URL)).Body, &hashes)).To(Succeed())
		folder := path.Dir(instance.PathOf(playlist.PlaylistURL))
		for _, l := range levels {
			text := string(read(ctx, folder+"/"+l).Body)
			media, spans := byteRanges(text)
			known := hashes[media]
			Expect(known).NotTo(BeEmpty(), media)
			Expect(known).To(HaveLen(len(spans)-1), "as in PeerTube the initialisation has no hash: %s", text)
			var end int64
			for n, s := range spans {
				Expect(s[0]).To(Equal(end), "ranges without a gap in %s", text)
				end = s[1]
				if n > 0 {
					Expect(known).To(HaveKey(fmt.Sprintf("%d-%d", s[0], s[1]-1)), "in %s", text)
				}
			}
			Expect(read(ctx, folder+"/"+media).Body).To(HaveLen(int(end)))
		}
	})
})

var (
	mapLine   = regexp.MustCompile(`#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"`)
	rangeLine = regexp.MustCompile(`(?m)^#EXT-X-BYTERANGE:(\d+)@(\d+)`)
)

// byteRanges reads a media playlist: its file, and the ranges from the initialisation on as [from, to).
func byteRanges(text string) (media string, spans [][2]int64) {
	GinkgoHelper()
	beginning := mapLine.FindStringSubmatch(text)
	Expect(beginning).NotTo(BeNil(), "EXT-X-MAP in %s", text)
	pairs := [][]string{{"", beginning[2], beginning[3]}}
	pairs = append(pairs, rangeLine.FindAllStringSubmatch(text, -1)...)
	for _, p := range pairs {
		length, _ := strconv.ParseInt(p[1], 10, 64)
		offset, _ := strconv.ParseInt(p[2], 10, 64)
		spans = append(spans, [2]int64{offset, offset + length})
	}
	return beginning[1], spans
}

// tool runs a program that must succeed and have nothing to complain about, and answers what it printed.
func tool(ctx context.Context, name string, arguments ...string) []byte {
	GinkgoHelper()
	command := exec.CommandContext(ctx, name, arguments...)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	output, err := command.Output()
	Expect(err).NotTo(HaveOccurred(), "%s", complaints.String())
	Expect(complaints.String()).To(BeEmpty(), "%s %s", name, strings.Join(arguments, " "))
	return output
}

func jsonBody(value any) io.Reader {
	GinkgoHelper()
	body, err := json.Marshal(value)
	Expect(err).NotTo(HaveOccurred())
	return bytes.NewReader(body)
}
