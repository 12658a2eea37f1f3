package keys_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore/codec"
	"vidilog/eventstore/keys"
	"vidilog/internal/embedded/testpg"
)

func TestKeys(t *testing.T) {
	RegisterFailHandler(Fail)
	SetDefaultEventuallyTimeout(20 * time.Second) // on a busy machine; nothing waits that long otherwise
	RunSpecs(t, "Keys")
}

func master(fill string) keys.MasterKey {
	GinkgoHelper()
	k, err := keys.ParseMasterKey(strings.Repeat(fill, 32))
	Expect(err).NotTo(HaveOccurred())
	return k
}

func ring(pool *pgxpool.Pool, options keys.Options) *keys.Ring {
	GinkgoHelper()
	r, err := keys.Open(context.Background(), pool, master("a1"), options)
	Expect(err).NotTo(HaveOccurred())
	return r
}

var _ = Describe("A key ring", func() {
	var pool *pgxpool.Pool
	BeforeEach(func() { pool = testpg.Pool(GinkgoT()) })

	set := func(subject, assignment string) {
		GinkgoHelper()
		tag, err := pool.Exec(context.Background(), "UPDATE vidilog_keys.subjects SET "+assignment+" WHERE subject = $1", subject)
		Expect(err).NotTo(HaveOccurred())
		Expect(tag.RowsAffected()).To(BeEquivalentTo(1))
	}

	It("opens what it sealed, also after a restart, and only with the same binding", func() {
		ref, sealed, err := ring(pool, keys.Options{}).Seal("user-1", []byte("ada@example.org"), []byte("field"))
		Expect(err).NotTo(HaveOccurred())
		Expect(string(sealed)).NotTo(ContainSubstring("ada"))
		r := ring(pool, keys.Options{})
		Expect(r.Open(ref, sealed, []byte("field"))).To(BeEquivalentTo("ada@example.org"))
		_, err = r.Open(ref, sealed, []byte("another"))
		Expect(err).To(MatchError(codec.ErrNotAuthentic))
		sealed[len(sealed)-1] ^= 1
		_, err = r.Open(ref, sealed, []byte("field"))
		Expect(err).To(MatchError(codec.ErrNotAuthentic))
		_, err = r.Open(ref, []byte{1, 2}, []byte("field"))
		Expect(err).To(MatchError(codec.ErrNotAuthentic))
	})
	It("gives every subject a key of its own, one for ever", func() {
		r := ring(pool, keys.Options{})
		ref1, sealed, _ := r.Seal("user-1", []byte("x"), nil)
		ref2, _, _ := r.Seal("user-2", []byte("x"), nil)
		again, _, _ := ring(pool, keys.Options{}).Seal("user-1", []byte("x"), nil)
		Expect(ref1).NotTo(Equal(ref2))
		Expect(again).To(Equal(ref1))
		_, err := r.Open(ref2, sealed, nil)
		Expect(err).To(MatchError(codec.ErrNotAuthentic))
	})
	It("makes one key when many processes begin with a subject at once", func() {
		rings := make([]*keys.Ring, 8)
		for i := range rings {
			rings[i] = ring(pool, keys.Options{})
		}
		for round := range 5 {
			subject := fmt.Sprintf("user-%d", round)
			refs := make([]string, len(rings))
			texts := make([][]byte, len(rings))
			var group sync.WaitGroup
			for i, r := range rings {
				group.Go(func() {
					defer GinkgoRecover()
					var err error
					refs[i], texts[i], err = r.Seal(subject, []byte("text"), nil)
					Expect(err).NotTo(HaveOccurred())
				})
			}
			group.Wait()
			Expect(refs).To(HaveEach(refs[0]))
			for _, text := range texts {
				Expect(rings[0].Open(refs[0], text, nil)).To(BeEquivalentTo("text"))
			}
		}
	})
	It("honours revoked and shredded keys, for reading and writing, at the latest when the cache has aged", func() {
		r := ring(pool, keys.Options{CacheFor: time.Millisecond})
		ref, sealed, err := r.Seal("user-1", []byte("x"), nil)
		Expect(err).NotTo(HaveOccurred())
		set("user-1", "state = 'revoked', revoked_at = now()")
		Eventually(func() error { _, err := r.Open(ref, sealed, nil); return err }).Should(MatchError(codec.ErrKeyGone))
		Eventually(func() error { _, _, err := r.Seal("user-1", []byte("y"), nil); return err }).Should(MatchError(codec.ErrKeyGone))
		set("user-1", "state = 'live', revoked_at = NULL")
		Eventually(func() ([]byte, error) { return r.Open(ref, sealed, nil) }).Should(BeEquivalentTo("x"))
		set("user-1", "state = 'shredded', wrapped = NULL, shredded_at = now()")
		Eventually(func() error { _, err := r.Open(ref, sealed, nil); return err }).Should(MatchError(codec.ErrKeyGone))
	})
	It("destroys a key at once and for good, also one that was never made", func() {
		r := ring(pool, keys.Options{})
		ref, sealed, err := r.Seal("user-1", []byte("x"), nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(r.Shred(context.Background(), "user-1")).To(Succeed())
		Expect(r.Shred(context.Background(), "user-1")).To(Succeed())
		_, err = r.Open(ref, sealed, nil)
		Expect(err).To(MatchError(codec.ErrKeyGone))
		_, _, err = r.Seal("user-1", []byte("y"), nil)
		Expect(err).To(MatchError(codec.ErrKeyGone))
		Expect(r.Shred(context.Background(), "user-2")).To(Succeed())
		_, _, err = r.Seal("user-2", []byte("y"), nil)
		Expect(err).To(MatchError(codec.ErrKeyGone))
	})
	It("tells a key that is not there from one that was destroyed", func() {
		_, err := ring(pool, keys.Options{}).Open("k1-unknown", []byte("x"), nil)
		Expect(err).To(HaveOccurred())
		Expect(errors.Is(err, codec.ErrKeyGone)).To(BeFalse())
	})
	It("works with a cache for one key, and asks the database nothing for warm ones", func() {
		small := ring(pool, keys.Options{CacheKeys: 1})
		refs, texts := map[int]string{}, map[int][]byte{}
		for i := range 5 {
			refs[i], texts[i], _ = small.Seal(fmt.Sprint("user-", i), []byte(fmt.Sprint(i)), nil)
		}
		for i := range 5 {
			Expect(small.Open(refs[i], texts[i], nil)).To(BeEquivalentTo(fmt.Sprint(i)))
		}
		warm := ring(pool, keys.Options{CacheFor: time.Hour})
		Expect(warm.Warm(context.Background())).To(Succeed())
		_, err := pool.Exec(context.Background(), "ALTER TABLE vidilog_keys.subjects RENAME TO away")
		Expect(err).NotTo(HaveOccurred())
		for i := range 5 {
			Expect(warm.Open(refs[i], texts[i], nil)).To(BeEquivalentTo(fmt.Sprint(i)))
		}
	})
	It("refuses another master key than the one in use", func() {
		ring(pool, keys.Options{})
		_, err := keys.Open(context.Background(), pool, master("b2"), keys.Options{})
		var mismatch *keys.MasterMismatch
		Expect(errors.As(err, &mismatch)).To(BeTrue())
	})
	It("does not open a key that was put into another subject's row", func() {
		r := ring(pool, keys.Options{CacheFor: time.Nanosecond})
		_, _, _ = r.Seal("user-1", []byte("x"), nil)
		ref, sealed, _ := r.Seal("user-2", []byte("x"), nil)
		set("user-2", "wrapped = (SELECT wrapped FROM vidilog_keys.subjects WHERE subject = 'user-1')")
		_, err := r.Open(ref, sealed, nil)
		Expect(err).To(MatchError(ContainSubstring("unwrap key")))
	})
	It("seals vault entries for their reference", func() {
		r := ring(pool, keys.Options{})
		sealed := r.SealVault("password-1", []byte("$2b$10$hash"))
		Expect(string(sealed)).NotTo(ContainSubstring("hash"))
		Expect(ring(pool, keys.Options{}).OpenVault("password-1", sealed)).To(BeEquivalentTo("$2b$10$hash"))
		_, err := r.OpenVault("password-2", sealed)
		Expect(err).To(MatchError(codec.ErrNotAuthentic))
	})
	It("makes claims of personal text that only the master key can compare", func() {
		r := ring(pool, keys.Options{})
		claim := r.BlindIndex("email", "ada@example.org")
		Expect(claim).To(Equal(ring(pool, keys.Options{}).BlindIndex("email", "ada@example.org")))
		Expect(claim).NotTo(ContainSubstring("ada"))
		Expect(r.BlindIndex("emai", "lada@example.org")).NotTo(Equal(claim))
		other, err := keys.Open(context.Background(), testpg.Pool(GinkgoT()), master("b2"), keys.Options{})
		Expect(err).NotTo(HaveOccurred())
		Expect(other.BlindIndex("email", "ada@example.org")).NotTo(Equal(claim))
	})
})

var _ = Describe("The master key", func() {
	It("is made once, for the owner only, however many processes start", func() {
		path := filepath.Join(GinkgoT().TempDir(), "master.key")
		var group sync.WaitGroup
		found := make([]keys.MasterKey, 8)
		made := make([]bool, 8)
		for i := range found {
			group.Go(func() {
				defer GinkgoRecover()
				var err error
				found[i], made[i], err = keys.LoadMasterKey(path)
				Expect(err).NotTo(HaveOccurred())
			})
		}
		group.Wait()
		Expect(found).To(HaveEach(Equal(found[0])))
		Expect(found[0]).NotTo(Equal(keys.MasterKey{}))
		count := 0
		for _, m := range made {
			if m {
				count++
			}
		}
		Expect(count).To(Equal(1))
		info, err := os.Stat(path)
		Expect(err).NotTo(HaveOccurred())
		Expect(info.Mode().Perm()).To(BeEquivalentTo(0o600))
		entries, _ := os.ReadDir(filepath.Dir(path))
		Expect(entries).To(HaveLen(1))
	})
	It("in a file that others can read, or that holds something else, is refused", func() {
		path := filepath.Join(GinkgoT().TempDir(), "master.key")
		_, _, err := keys.LoadMasterKey(path)
		Expect(err).NotTo(HaveOccurred())
		Expect(os.Chmod(path, 0o644)).To(Succeed())
		_, _, err = keys.LoadMasterKey(path)
		Expect(err).To(MatchError(ContainSubstring("chmod 600")))
		Expect(os.Chmod(path, 0o600)).To(Succeed())
		Expect(os.WriteFile(path, []byte("secret-but-wrong"), 0o600)).To(Succeed())
		_, _, err = keys.LoadMasterKey(path)
		Expect(err).To(MatchError(ContainSubstring("32 bytes")))
		Expect(err.Error()).NotTo(ContainSubstring("secret-but-wrong"))
	})
	It("never shows itself", func() {
		m := master("a1")
		Expect(fmt.Sprintf("%v %+v %#v %s %x %d", m, m, m, m, m, m)).NotTo(ContainSubstring("a1a1"))
		Expect(fmt.Sprintf("%v", struct{ K keys.MasterKey }{m})).NotTo(ContainSubstring("161"))
		Expect(m.LogValue().String()).To(Equal("[master key]"))
	})
})
