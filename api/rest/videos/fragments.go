package videos

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// fragmentsKept bounds the cache: at about 2 kB each that is some 16 MB.
const fragmentsKept = 8192

// form says for which answer a fragment was encoded: in lists by what they include.
type form uint16

const (
	inOwnList form = 1<<15 + iota
	inFull
)

// Fragments keeps encoded videos by revision, so that a list costs its keys and a copy. A fragment never goes stale: another
// revision is another key.
type Fragments struct {
	cache *lru.Cache[fragmentKey, shape.Fragment]
}

type fragmentKey struct {
	id       kernel.VideoID
	revision eventstore.Position
	form     form
}

// NewFragments makes an empty cache.
func NewFragments() *Fragments {
	cache, _ := lru.New[fragmentKey, shape.Fragment](fragmentsKept) // fails for sizes below 1 only
	return &Fragments{cache: cache}
}
