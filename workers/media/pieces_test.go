package media_test

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // BitTorrent's
	"errors"
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media"
)

var _ = Describe("The pieces of a file", func() {
	const piece = 1000
	fixed := func(int64) int64 { return piece }

	DescribeTable("are hashed one by one", func(ctx SpecContext, size int) {
		content := bytes.Repeat([]byte{1, 2, 3, 5, 7}, size)[:size]
		path := filepath.Join(GinkgoT().TempDir(), "a")
		Expect(os.WriteFile(path, content, 0o600)).To(Succeed())
		var expected []byte
		for rest := content; len(rest) > 0; rest = rest[min(piece, len(rest)):] {
			sum := sha1.Sum(rest[:min(piece, len(rest))]) //nolint:gosec // BitTorrent's
			expected = append(expected, sum[:]...)
		}
		pieces, length, err := media.HashPieces(ctx, path, fixed)
		Expect(err).NotTo(HaveOccurred())
		Expect(pieces).To(Equal(expected))
		Expect(length).To(BeEquivalentTo(size))
	},
		Entry("of an empty one", 0), Entry("of one that is shorter", 10), Entry("of one piece exactly", piece),
		Entry("of several", 3*piece), Entry("with a rest", 3*piece+1),
	)
	It("can be left", func() {
		stopped, stop := context.WithCancelCause(context.Background())
		enough := errors.New("enough")
		stop(enough)
		path := filepath.Join(GinkgoT().TempDir(), "a")
		Expect(os.WriteFile(path, []byte("abc"), 0o600)).To(Succeed())
		_, _, err := media.HashPieces(stopped, path, fixed)
		Expect(err).To(MatchError(enough))
	})
	It("are none of a file that is not there", func(ctx SpecContext) {
		_, _, err := media.HashPieces(ctx, filepath.Join(GinkgoT().TempDir(), "none"), fixed)
		Expect(err).To(MatchError(os.ErrNotExist))
	})
})
