package files_test

import (
	"path/filepath"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/storage"
	"vidilog/workers/files"
)

var _ = Describe("The media file of a rendition", func() {
	film := kernel.VideoID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	var (
		root   string
		places *files.Files
	)
	BeforeEach(func() {
		root = GinkgoT().TempDir()
		store, err := storage.Open(storage.FoldersBelow(root))
		Expect(err).NotTo(HaveOccurred())
		places = files.New(store)
	})

	DescribeTable("lies", func(kind video.RenditionKind, private bool, expected string) {
		path, err := places.Rendition(video.Video{ID: film, PrivateFiles: private}, video.Rendition{Kind: kind, FileName: "a.mp4"})
		Expect(err).NotTo(HaveOccurred())
		Expect(path).To(Equal(filepath.Join(root, expected)))
	},
		Entry("among the web videos", video.WebVideo, false, "web-videos/a.mp4"),
		Entry("apart while the video is private", video.WebVideo, true, "web-videos/private/a.mp4"),
		Entry("in the folder of the video for HLS", video.HLS, false, "streaming-playlists/hls/"+film.String()+"/a.mp4"),
		Entry("apart as well", video.HLS, true, "streaming-playlists/hls/private/"+film.String()+"/a.mp4"),
	)
	It("is nowhere outside of the folders", func() {
		_, err := places.Rendition(video.Video{ID: film}, video.Rendition{Kind: video.WebVideo, FileName: "../../a.mp4"})
		Expect(err).To(HaveOccurred())
	})
})
