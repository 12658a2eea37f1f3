package storage_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/config"
	"vidilog/internal/failpoint"
	"vidilog/internal/storage"
)

const childFolder = "VIDILOG_STORAGE_TEST_FOLDER"

// TestMain lets the test binary be the process that a failpoint kills.
func TestMain(m *testing.M) {
	if root := os.Getenv(childFolder); root != "" {
		files, err := storage.Open(storage.FoldersBelow(root))
		if err == nil {
			_, err = files.Put(context.Background(), storage.Location{Kind: storage.WebVideo, Name: "a.mp4"}, strings.NewReader("new"))
		}
		if err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestStorage(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "storage")
}

var _ = Describe("The file system", func() {
	var root string
	var files *storage.FileSystem
	video := storage.Location{Kind: storage.WebVideo, Name: "a.mp4"}

	BeforeEach(func() {
		root = GinkgoT().TempDir()
		var err error
		files, err = storage.Open(storage.FoldersBelow(root))
		Expect(err).NotTo(HaveOccurred())
	})

	put := func(location storage.Location, content string) {
		GinkgoHelper()
		Expect(files.Put(context.Background(), location, strings.NewReader(content))).To(Equal(int64(len(content))))
	}
	read := func(location storage.Location) string {
		GinkgoHelper()
		file, err := files.OpenFile(location)
		Expect(err).NotTo(HaveOccurred())
		defer file.Close()
		content, err := io.ReadAll(file)
		Expect(err).NotTo(HaveOccurred())
		return string(content)
	}
	names := func(kind storage.Kind) []string {
		GinkgoHelper()
		list, err := files.List(context.Background(), kind)
		Expect(err).NotTo(HaveOccurred())
		found := []string{}
		for _, info := range list {
			found = append(found, info.Location.Name)
		}
		return found
	}

	It("stores a file under PeerTube's path and replaces it by a repeated job", func() {
		put(video, "one")
		put(video, "second")
		Expect(read(video)).To(Equal("second"))
		Expect(filepath.Join(root, "web-videos", "a.mp4")).To(BeARegularFile())
		Expect(files.Stat(video)).To(And(HaveField("Size", int64(6)), HaveField("Modified", BeTemporally("~", time.Now(), time.Minute))))
	})

	It("has the folders of the configuration", func() {
		loaded, _, err := config.Load(config.Sources{Data: root, Lookup: func(string) (string, bool) { return "", false }})
		Expect(err).NotTo(HaveOccurred())
		Expect(storage.FoldersFrom(loaded.Storage)).To(Equal(storage.FoldersBelow(root)))
	})

	It("lets a program write by path, and keeps nothing of what is aborted", func() {
		pending, err := files.Begin(storage.Location{Kind: storage.HLS, Name: "1234/x-720-fragmented.mp4"})
		Expect(err).NotTo(HaveOccurred())
		Expect(pending.Path()).To(HaveSuffix(".mp4"))
		Expect(filepath.Dir(pending.Path())).To(Equal(filepath.Join(root, "streaming-playlists", "hls", "1234")))
		Expect(os.WriteFile(pending.Path(), []byte("data"), 0o600)).To(Succeed())
		Expect(names(storage.HLS)).To(BeEmpty())
		Expect(pending.Commit()).To(Succeed())
		pending.Abort()
		Expect(names(storage.HLS)).To(Equal([]string{"1234/x-720-fragmented.mp4"}))
		Expect(pending.Commit()).NotTo(Succeed())

		aborted, err := files.Begin(video)
		Expect(err).NotTo(HaveOccurred())
		Expect(os.WriteFile(aborted.Path(), []byte("data"), 0o600)).To(Succeed())
		aborted.Abort()
		Expect(aborted.Path()).NotTo(BeAnExistingFile())
		Expect(aborted.Commit()).NotTo(Succeed())
	})

	It("leaves nothing behind when reading fails or is given up", func() {
		_, err := files.Put(context.Background(), video, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("line cut"))))
		Expect(err).To(MatchError(ContainSubstring("line cut")))
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err = files.Put(ctx, video, strings.NewReader("x"))
		Expect(err).To(MatchError(context.Canceled))
		entries, err := os.ReadDir(filepath.Join(root, "web-videos"))
		Expect(err).NotTo(HaveOccurred())
		Expect(entries).To(HaveLen(1), "only the folder of private videos")
	})

	It("takes finished files and moves them between public and private", func() {
		upload := filepath.Join(root, "upload.bin")
		Expect(os.WriteFile(upload, []byte("video"), 0o600)).To(Succeed())
		Expect(files.Take(context.Background(), upload, video)).To(Succeed())
		Expect(upload).NotTo(BeAnExistingFile())

		private := storage.Location{Kind: storage.PrivateWebVideo, Name: "a.mp4"}
		Expect(files.Move(context.Background(), video, private)).To(Succeed())
		Expect(read(private)).To(Equal("video"))
		_, err := files.Stat(video)
		Expect(err).To(MatchError(storage.ErrNotFound))
		Expect(names(storage.WebVideo)).To(BeEmpty())
		Expect(names(storage.PrivateWebVideo)).To(Equal([]string{"a.mp4"}))
		Expect(files.Move(context.Background(), video, private)).To(MatchError(storage.ErrNotFound))
	})

	It("copies across file systems", func() {
		other, err := os.MkdirTemp("/dev/shm", "vidilog-storage-")
		if err != nil {
			Skip("no second file system")
		}
		DeferCleanup(os.RemoveAll, other)
		source := filepath.Join(other, "upload.bin")
		Expect(os.WriteFile(source, []byte("video"), 0o600)).To(Succeed())
		Expect(files.Take(context.Background(), source, video)).To(Succeed())
		Expect(read(video)).To(Equal("video"))
		Expect(source).NotTo(BeAnExistingFile())
	})

	It("removes files again and again, and the folder of a video with its last file", func() {
		segment := storage.Location{Kind: storage.HLS, Name: "1234/a.m3u8"}
		put(segment, "x")
		Expect(files.Remove(segment)).To(Succeed())
		Expect(filepath.Join(root, "streaming-playlists/hls/1234")).NotTo(BeADirectory())
		Expect(filepath.Join(root, "streaming-playlists/hls")).To(BeADirectory())
		Expect(files.Remove(segment)).To(Succeed())

		put(segment, "x")
		put(storage.Location{Kind: storage.HLS, Name: "1234/b.m3u8"}, "x")
		Expect(files.Remove(storage.Location{Kind: storage.HLS, Name: "1234"})).To(Succeed())
		Expect(names(storage.HLS)).To(BeEmpty())
	})

	DescribeTable("refuses names that lead elsewhere", func(kind storage.Kind, name string) {
		_, err := files.Put(context.Background(), storage.Location{Kind: kind, Name: name}, strings.NewReader("x"))
		Expect(err).To(HaveOccurred())
	},
		Entry(nil, storage.WebVideo, "../a"), Entry(nil, storage.WebVideo, "/etc/passwd"), Entry(nil, storage.WebVideo, ""),
		Entry(nil, storage.WebVideo, "a//b"), Entry(nil, storage.WebVideo, "a\\b"), Entry(nil, storage.WebVideo, "a\x00"),
		Entry(nil, storage.WebVideo, "private/a.mp4"), Entry(nil, storage.HLS, "private"), Entry(nil, storage.Tmp, ".new-a"),
		Entry(nil, storage.Tmp, strings.Repeat("a", 256)), Entry(nil, storage.Kind("elsewhere"), "a"),
	)

	DescribeTable("holds a whole file or none after a crash", func(point, found string) {
		put(video, "old")
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childFolder+"="+root, failpoint.Environment+"="+point+"=kill")
		Expect(child.Run()).To(MatchError(ContainSubstring("killed")))
		Expect(read(video)).To(Equal(found))

		removed, err := files.RemoveUnfinished(context.Background(), time.Hour)
		Expect(err).NotTo(HaveOccurred())
		Expect(removed).To(BeZero(), "it may still be written to")
		removed, err = files.RemoveUnfinished(context.Background(), -time.Second)
		Expect(err).NotTo(HaveOccurred())
		if found == "old" {
			Expect(removed).To(Equal(1))
		}
		Expect(names(storage.WebVideo)).To(Equal([]string{"a.mp4"}))
		entries, err := os.ReadDir(filepath.Join(root, "web-videos"))
		Expect(err).NotTo(HaveOccurred())
		Expect(entries).To(HaveLen(2), "the file and the folder of private ones")
	},
		Entry("before the content is on disk", "storage.before-sync", "old"),
		Entry("before it has its name", "storage.before-rename", "old"),
		Entry("before its folder is synced", "storage.after-rename", "new"),
	)
})
