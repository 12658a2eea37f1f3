package videos

import (
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/internal/bytecache"
)

// fragmentsKept bounds the cache, in bytes: a video takes some 2 kB in a list and 10 kB in full.
const fragmentsKept = 4 << 20

// form says for which answer a fragment was encoded: in lists by what they include.
type form uint16

const (
	inOwnList form = 1<<15 + iota
	inFull
)

// Fragments keeps encoded videos by revision, so that a list costs its keys and a copy. A fragment never goes stale: another
// revision is another key.
type Fragments struct {
	cache *bytecache.Cache[fragmentKey, shape.Fragment]
}

type fragmentKey struct {
	id       kernel.VideoID
	revision eventstore.Position
	form     form
}

// NewFragments makes an empty cache.
func NewFragments() *Fragments {
	return &Fragments{cache: bytecache.New[fragmentKey](fragmentsKept, shape.Fragment.Bytes)}
}
