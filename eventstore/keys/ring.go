package keys

import (
	"context"
	"crypto/cipher"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/eventstore/codec"
	"vidilog/schema/migrations"
)

// Schema is the PostgreSQL schema of the keys.
const Schema = "vidilog_keys"

// Options of Open. Zero values mean the defaults.
type Options struct {
	// CacheKeys is how many unwrapped keys are kept in memory, the least recently used leaving first; 10,000, which are
	// about 10 MB.
	CacheKeys int
	// CacheFor is how long a key is used before its state is looked up again: the longest time for which another process's
	// revocation goes unnoticed; 30 s.
	CacheFor time.Duration
	// Timeout bounds one look-up in the database; 10 s.
	Timeout time.Duration
}

// Ring seals and opens with the keys of all subjects. Its methods may be called from any goroutine.
type Ring struct {
	pool    *pgxpool.Pool
	options Options
	wrap    cipher.AEAD
	vault   cipher.AEAD
	blind   []byte

	bySubject *lru.Cache[string, key]
	byRef     *lru.Cache[string, key]
}

// key is a data key as it was last seen. open is nil when it has been revoked or shredded.
type key struct {
	ref  string
	open cipher.AEAD
	seen time.Time
}

var _ codec.Sealer = (*Ring)(nil)

// Open creates or migrates the tables and checks that master is the key that wraps what is in them.
func Open(ctx context.Context, pool *pgxpool.Pool, master MasterKey, options Options) (*Ring, error) {
	if err := migrations.Apply(ctx, pool.Config().ConnConfig, Schema, migrations.Keys, "keys"); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	r := &Ring{pool: pool, options: options.withDefaults(), blind: master.derive("blind index")}
	var err error
	if r.wrap, err = newCipher(master.derive("wrap")); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	if r.vault, err = newCipher(master.derive("vault")); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	if r.bySubject, err = lru.New[string, key](r.options.CacheKeys); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	if r.byRef, err = lru.New[string, key](r.options.CacheKeys); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	return r, r.checkMaster(ctx, master)
}

func (o Options) withDefaults() Options {
	if o.CacheKeys <= 0 {
		o.CacheKeys = 10_000
	}
	if o.CacheFor <= 0 {
		o.CacheFor = 30 * time.Second
	}
	if o.Timeout <= 0 {
		o.Timeout = 10 * time.Second
	}
	return o
}

// Seal encrypts with the key of a subject, which is made at first use. A subject whose key is gone answers
// codec.ErrKeyGone: nothing new is written about an erased person.
func (r *Ring) Seal(subject string, plaintext, aad []byte) (keyRef string, sealed []byte, err error) {
	k, fresh := r.fresh(r.bySubject, subject)
	if !fresh {
		ctx, cancel := context.WithTimeout(context.Background(), r.options.Timeout)
		defer cancel()
		if k, err = r.keyOf(ctx, subject); err != nil {
			return "", nil, fmt.Errorf("key of %s: %w", subject, err)
		}
		r.keep(subject, k)
	}
	if k.open == nil {
		return "", nil, fmt.Errorf("key of %s: %w", subject, codec.ErrKeyGone)
	}
	return k.ref, seal(k.open, plaintext, aad), nil
}

// Open decrypts with the key of that reference. Errors: codec.ErrKeyGone for a revoked or shredded key,
// codec.ErrNotAuthentic for changed bytes. A reference that the table does not hold is a fault, not an erasure.
func (r *Ring) Open(keyRef string, sealed, aad []byte) ([]byte, error) {
	k, fresh := r.fresh(r.byRef, keyRef)
	if !fresh {
		ctx, cancel := context.WithTimeout(context.Background(), r.options.Timeout)
		defer cancel()
		subject, found, err := r.keyAt(ctx, keyRef)
		if err != nil {
			return nil, fmt.Errorf("key %s: %w", keyRef, err)
		}
		k = found
		r.keep(subject, k)
	}
	if k.open == nil {
		return nil, fmt.Errorf("key %s: %w", keyRef, codec.ErrKeyGone)
	}
	return open(k.open, sealed, aad)
}

// Warm loads the newest keys into the cache in one query, as many as it holds, so that a replay does not ask for them one
// by one.
func (r *Ring) Warm(ctx context.Context) error {
	return r.newest(ctx, r.options.CacheKeys, r.keep)
}

func (r *Ring) fresh(cache *lru.Cache[string, key], name string) (key, bool) {
	k, found := cache.Get(name)
	return k, found && time.Since(k.seen) < r.options.CacheFor
}

func (r *Ring) keep(subject string, k key) {
	r.bySubject.Add(subject, k)
	r.byRef.Add(k.ref, k)
}
