package engine

import "reflect"

// presence is what is known about a row in the database, apart from what memory holds.
type presence uint8

const (
	notStored presence = iota
	stored
	perhapsStored // the row was replaced or deleted without looking
)

// entry is a row in memory; row is nil when it is known that there is none.
type entry[K comparable, R any] struct {
	key      K
	row      *R
	presence presence
	isDirty  bool
	values   []any // the indexed values the entry is filed under, nil for those that are null
}

// cache holds the rows of a table that were touched lately, in two generations: what is found in the old one moves to the
// young one, and a rotation drops the old. That costs one map access per touch and needs no list of uses.
//
// It may be trusted across batches because every write moves the checkpoint by compare-and-set: while that succeeds, nobody
// else has written.
type cache[K comparable, R any] struct {
	young, old map[K]*entry[K, R]
	dirty      []*entry[K, R]
	// complete says that memory holds every row there is, so that a key that is not here is nowhere.
	complete bool
	filed    []map[any]map[K]*entry[K, R] // one per index
}

func (c *cache[K, R]) reset() {
	*c = cache[K, R]{young: map[K]*entry[K, R]{}, old: map[K]*entry[K, R]{}}
}

func (c *cache[K, R]) get(key K) *entry[K, R] {
	if e, ok := c.young[key]; ok {
		return e
	}
	e, ok := c.old[key]
	if !ok {
		return nil
	}
	delete(c.old, key)
	c.young[key] = e
	return e
}

func (c *cache[K, R]) add(key K, row *R, p presence) *entry[K, R] {
	e := &entry[K, R]{key: key, row: row, presence: p}
	c.young[key] = e
	return e
}

// unseen is the presence of a row that is not in memory and was not looked for.
func (c *cache[K, R]) unseen() presence {
	if c.complete {
		return notStored
	}
	return perhapsStored
}

func (c *cache[K, R]) touch(e *entry[K, R]) {
	if !e.isDirty {
		e.isDirty = true
		c.dirty = append(c.dirty, e)
	}
}

func (c *cache[K, R]) len() int { return len(c.young) + len(c.old) }

// rotate drops the older generation. Nothing may be dirty.
func (c *cache[K, R]) rotate() {
	if len(c.old) > 0 {
		c.complete = false
	}
	for _, e := range c.old {
		c.unfile(e)
	}
	c.old, c.young = c.young, make(map[K]*entry[K, R], len(c.young)/2)
}

// file keeps the maps of the indexes true after a row has changed.
func (c *cache[K, R]) file(indexes []where, e *entry[K, R]) {
	if len(indexes) == 0 {
		return
	}
	if c.filed == nil {
		c.filed = make([]map[any]map[K]*entry[K, R], len(indexes))
		for i := range c.filed {
			c.filed[i] = map[any]map[K]*entry[K, R]{}
		}
	}
	c.unfile(e)
	if e.row == nil {
		return
	}
	key, row := reflect.ValueOf(&e.key).Elem(), reflect.ValueOf(e.row).Elem()
	e.values = make([]any, len(indexes))
	for i, index := range indexes {
		value, present := index.value(key, row)
		if !present {
			continue
		}
		e.values[i] = value
		if c.filed[i][value] == nil {
			c.filed[i][value] = map[K]*entry[K, R]{}
		}
		c.filed[i][value][e.key] = e
	}
}

func (c *cache[K, R]) unfile(e *entry[K, R]) {
	for i, value := range e.values {
		if value == nil {
			continue
		}
		delete(c.filed[i][value], e.key)
		if len(c.filed[i][value]) == 0 {
			delete(c.filed[i], value)
		}
	}
	e.values = nil
}

// matching answers the rows filed under a value, as a copy because changes move them.
func (c *cache[K, R]) matching(index int, value any) []*entry[K, R] {
	if c.filed == nil {
		return nil
	}
	found := make([]*entry[K, R], 0, len(c.filed[index][value]))
	for _, e := range c.filed[index][value] {
		found = append(found, e)
	}
	return found
}
