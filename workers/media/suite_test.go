package media_test

import (
	"path/filepath"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/transcoding"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// needsFFmpeg marks specs that encode: they are left out under -short.
var needsFFmpeg = Label("ffmpeg")

func TestMedia(t *testing.T) {
	RegisterFailHandler(Fail)
	suite, reporter := GinkgoConfiguration()
	if testing.Short() {
		suite.LabelFilter = "!ffmpeg"
	}
	RunSpecs(t, "Running ffmpeg", suite, reporter)
}

// tools are shared by all tests: they keep nothing but the version of ffmpeg.
func oneThread() int { return 1 }

var tools = media.New(media.Options{Threads: oneThread, Nice: 1})

const uuid = "7651068c-78a4-4c45-b6f6-5acd8cefe9d8"

// source makes a test file and probes it.
func source(ctx SpecContext, spec mediatest.Spec) (string, transcoding.Probe) {
	GinkgoHelper()
	path := mediatest.Video(GinkgoT(), spec)
	probe, err := tools.Probe(ctx, path)
	Expect(err).NotTo(HaveOccurred())
	return path, probe
}

// encoding is a plain one of a resolution.
func encoding(r transcoding.Resolution, fps int) transcoding.Encoding {
	return transcoding.Encoding{Resolution: r, FPS: fps}
}

// names are the files of a directory.
func names(directory string) []string {
	GinkgoHelper()
	entries, err := filepath.Glob(filepath.Join(directory, "*"))
	Expect(err).NotTo(HaveOccurred())
	hidden, err := filepath.Glob(filepath.Join(directory, ".*"))
	Expect(err).NotTo(HaveOccurred())
	list := []string{}
	for _, entry := range append(entries, hidden...) {
		list = append(list, filepath.Base(entry))
	}
	return list
}
