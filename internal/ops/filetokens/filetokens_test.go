package filetokens_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded/testredis"
	"vidilog/internal/ops/filetokens"
)

func TestFileTokens(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Tokens for files")
}

var _ = Describe("A token for the files of a video", func() {
	It("opens them on every node for eight hours, and no others", func() {
		if testing.Short() {
			Skip("needs Redis")
		}
		ctx, film, now := context.Background(), uuid.New(), time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
		client := testredis.Client(GinkgoT())
		here, there := filetokens.Store{Client: client, Prefix: "redis-a"}, filetokens.Store{Client: client, Prefix: "redis-a"}
		token, expires, err := here.Issue(ctx, film, now)
		Expect(err).NotTo(HaveOccurred())
		Expect(expires).To(Equal(now.Add(8 * time.Hour)))
		Expect(there.Opens(ctx, token, film)).To(BeTrue())
		Expect(there.Opens(ctx, token, uuid.New())).To(BeFalse())
		Expect(there.Opens(ctx, uuid.NewString(), film)).To(BeFalse())
		Expect(there.Opens(ctx, "no token", film)).To(BeFalse())
		Expect(filetokens.Store{Client: client, Prefix: "redis-b"}.Opens(ctx, token, film)).To(BeFalse())
		keys, err := client.Keys(ctx, "redis-a*").Result()
		Expect(err).NotTo(HaveOccurred())
		Expect(client.TTL(ctx, keys[0]).Val()).To(BeNumerically("~", 8*time.Hour, time.Minute))
	})
})
