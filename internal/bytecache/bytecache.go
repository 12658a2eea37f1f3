// Package bytecache keeps values in memory up to a number of bytes. A cache that counts entries holds ten times more than was meant
// when they turn out ten times larger; this one does not.
//
// It may import nothing of the program.
package bytecache

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// overhead is what an entry takes besides its value, in bytes: key, list element and map slot, roughly.
const overhead = 200

// Cache keeps what was used last. Its methods may be called from any goroutine.
type Cache[K comparable, V any] struct {
	mutex  sync.Mutex
	budget int
	size   func(V) int
	used   int
	kept   *simplelru.LRU[K, V]
}

// New makes an empty cache of at most budget bytes; size answers how many of them a value takes.
func New[K comparable, V any](budget int, size func(V) int) *Cache[K, V] {
	c := &Cache[K, V]{budget: budget, size: func(v V) int { return size(v) + overhead }}
	c.kept, _ = simplelru.NewLRU(math.MaxInt, func(_ K, v V) { c.used -= c.size(v) }) // fails for sizes below 1 only
	return c
}

// Get answers the value of a key, if it is kept.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.kept.Get(key)
}

// Add keeps a value and lets go of those that were not used for longest. A value that would take more than a quarter of the cache is
// not kept: it would push out what many ask for.
func (c *Cache[K, V]) Add(key K, value V) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.kept.Remove(key)
	size := c.size(value)
	if size > c.budget/4 {
		return
	}
	c.used += size
	c.kept.Add(key, value)
	for c.used > c.budget {
		c.kept.RemoveOldest()
	}
}

// Clear lets go of everything.
func (c *Cache[K, V]) Clear() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.kept.Purge()
}

// Used is how many bytes are taken.
func (c *Cache[K, V]) Used() int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.used
}
