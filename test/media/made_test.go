package media_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/workers/media"
)

var tools = media.New(media.Options{Threads: func() int { return 1 }})

// file is one that was made, as ffprobe sees it.
type file struct {
	order job.Order
	path  string
	probe transcoding.Probe
}

// String reads "web 240: 320x240 30 fps h264 aac 2 copied".
func (f file) String() string {
	kind := "web"
	if f.order.Type == job.HLSTranscoding {
		kind = "hls"
	}
	words := []string{fmt.Sprintf("%s %d:", kind, f.order.Resolution)}
	if v := f.probe.Video; f.probe.HasVideo() {
		words = append(words, fmt.Sprintf("%dx%d", v.Width, v.Height), fmt.Sprintf("%d fps", f.probe.FPS()), v.Codec)
		if v.PixelFormat != "yuv420p" {
			words = append(words, v.PixelFormat)
		}
		if v.SampleAspect != "" {
			words = append(words, "pixels "+v.SampleAspect)
		}
	}
	if a := f.probe.Audio; f.probe.HasAudio() {
		words = append(words, a.Codec, fmt.Sprint(a.Channels))
	}
	if f.order.QuickCopy {
		words = append(words, "copied")
	}
	return strings.Join(words, " ")
}

// settings of a table's row.
func settings(hls, web bool, resolutions ...transcoding.Resolution) transcoding.Settings {
	return transcoding.Settings{
		Enabled: true, HLS: hls, WebVideos: web, Policy: transcoding.Policy{Resolutions: resolutions, MaxFPS: 60},
	}
}

// madeOf plans an upload as the transcoding process does and runs every job of the plan, each after the one it is made of.
func madeOf(ctx context.Context, path string, s transcoding.Settings) []file {
	GinkgoHelper()
	probe, err := tools.Probe(ctx, path)
	Expect(err).NotTo(HaveOccurred(), "the upload can be read")
	decision := process.Transcoding{}.React(process.Cause{EventID: uuid.New(), Data: video.Uploaded{
		VideoID: kernel.VideoID{UUID: uuid.New()}, Probe: probe, Settings: s,
	}})
	made, directory := []file{}, GinkgoT().TempDir()
	for _, intent := range decision.Intents {
		request, isRequest := intent.(process.RequestJob)
		Expect(isRequest).To(BeTrue(), "%T", intent)
		made = append(made, run(ctx, request.Order, file{path: path, probe: probe}, made, directory))
	}
	return made
}

// run does one job: of the upload, of the web video of the same resolution, or of the largest.
func run(ctx context.Context, order job.Order, upload file, before []file, directory string) file {
	GinkgoHelper()
	source := upload
	if !order.Optimises {
		for _, f := range slices.Backward(before) {
			isWeb, isSame := f.order.Type != job.HLSTranscoding, f.order.Resolution == order.Resolution
			if isWeb && (isSame || f.order.Optimises) {
				source = f
				break
			}
		}
	}
	encoding := transcoding.Encoding{Resolution: transcoding.Resolution(order.Resolution), FPS: order.FPS, QuickCopy: order.QuickCopy}
	made := file{order: order, path: filepath.Join(directory, filepath.Base(order.FileName))}
	var err error
	if order.Type == job.HLSTranscoding {
		encoding.QuickCopy = order.CopyCodecs && int(source.probe.Resolution()) == order.Resolution
		var rendition media.Rendition
		rendition, err = tools.HLS(ctx, media.HLS{
			Source: source.path, Probe: source.probe, Encoding: encoding, Directory: directory, Media: filepath.Base(order.FileName),
		})
		made.probe = rendition.Probe
	} else {
		made.probe, err = tools.WebVideo(ctx, media.WebVideo{Source: source.path, Probe: source.probe, Encoding: encoding, Output: made.path})
	}
	Expect(err).NotTo(HaveOccurred(), "%+v", order)
	return made
}

// lines are the files as text, the way the table expects them.
func lines(files []file) []string {
	var all []string
	for _, f := range files {
		all = append(all, f.String())
	}
	return all
}
