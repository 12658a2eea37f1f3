package tokens_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded/testpg"
	"vidilog/internal/ops/tokens"
)

// operational answers a pool on a fresh operational schema, and skips the spec in short runs.
func operational() *pgxpool.Pool {
	if testing.Short() {
		Skip("needs PostgreSQL")
	}
	return testpg.Operational(GinkgoT())
}

var _ = Describe("Sessions", func() {
	ctx := context.Background()
	var pool *pgxpool.Pool
	var store, elsewhere *tokens.Store
	user := uuid.New()
	issue := func() tokens.Pair {
		pair, err := store.Issue(ctx, user)
		Expect(err).NotTo(HaveOccurred())
		return pair
	}
	unknown := func(s *tokens.Store, access string) {
		_, err := s.Check(ctx, access)
		ExpectWithOffset(1, err).To(MatchError(tokens.ErrUnknown))
	}
	BeforeEach(func() {
		pool = operational()
		life := tokens.Lifetimes{Access: time.Hour, Refresh: 2 * time.Hour}
		store, elsewhere = tokens.New(pool, life), tokens.New(pool, life)
	})

	It("are known by their access token, on every node", func() {
		pair := issue()
		Expect(pair.Access).To(MatchRegexp(`^[0-9a-f]{40}$`))
		for _, s := range []*tokens.Store{store, elsewhere} {
			Expect(s.Check(ctx, pair.Access)).To(HaveField("UserID", user))
		}
		unknown(store, pair.Refresh)
		unknown(store, "")
	})
	It("are kept as hashes", func() {
		pair := issue()
		var row string
		Expect(pool.QueryRow(ctx, "select tokens::text from tokens").Scan(&row)).To(Succeed())
		Expect(row).NotTo(Or(ContainSubstring(pair.Access), ContainSubstring(pair.Refresh)))
	})
	It("are renewed once by their refresh token, which ends the old pair", func() {
		pair := issue()
		whose, next, err := store.Refresh(ctx, pair.Refresh)
		Expect(err).NotTo(HaveOccurred())
		Expect(whose).To(Equal(user))
		unknown(store, pair.Access)
		Expect(store.Check(ctx, next.Access)).To(HaveField("UserID", user))
		_, _, err = store.Refresh(ctx, pair.Refresh)
		Expect(err).To(MatchError(tokens.ErrUnknown))
		_, _, err = store.Refresh(ctx, next.Access)
		Expect(err).To(MatchError(tokens.ErrUnknown))
	})
	It("end when they are revoked, and all of a person's but one", func() {
		first, second, third := issue(), issue(), issue()
		Expect(store.Revoke(ctx, first.Access)).To(Succeed())
		unknown(store, first.Access)
		Expect(store.RevokeAll(ctx, user, second.Access)).To(Succeed())
		unknown(store, third.Access)
		Expect(store.Check(ctx, second.Access)).NotTo(BeNil())
		Expect(store.RevokeAll(ctx, user, "")).To(Succeed())
		unknown(store, second.Access)
		Expect(store.Revoke(ctx, "never given out")).To(Succeed())
	})
	It("end by themselves and are swept", func() {
		over := tokens.New(pool, tokens.Lifetimes{Access: -time.Second, Refresh: -time.Second})
		pair, err := over.Issue(ctx, user)
		Expect(err).NotTo(HaveOccurred())
		unknown(over, pair.Access)
		_, _, err = over.Refresh(ctx, pair.Refresh)
		Expect(err).To(MatchError(tokens.ErrUnknown))
		issue()
		Expect(store.Sweep(ctx)).To(Equal(int64(1)))
	})
})
