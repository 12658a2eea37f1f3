package engine

import (
	"fmt"
	"reflect"
	"runtime/debug"
)

// Table is one table of a read model: rows R under keys K. Its methods record what shall happen; nothing is read or written
// before the reducer has seen the whole batch.
//
// R is a struct whose fields carry `db:"column"` tags (see the package comment for the types); K is the type of the one key
// column, or a struct whose fields are the key columns in order. Fields of R for key columns are optional and filled by the
// engine.
type Table[K comparable, R any] struct {
	builder *Builder
	shape   shape
	ops     []op[K, R]
	cache   cache[K, R]
	indexes []where
	sql     statements
}

type verb uint8

const (
	insertRow verb = iota
	upsertRow
	updateRow
	updateIfPresent
	updateOrInsert
	deleteRow
	updateWhere
	deleteWhere
)

var verbNames = [...]string{"insert", "upsert", "update", "update if present", "update or insert", "delete", "update where", "delete where"}

func (v verb) String() string { return verbNames[v] }

// needsRow says that the outcome depends on the row as it stands.
func (v verb) needsRow() bool { return v == updateRow || v == updateIfPresent || v == updateOrInsert }

// op is one recorded call. Where verbs name an index and a value instead of a key.
type op[K comparable, R any] struct {
	verb   verb
	event  int
	key    K
	row    *R
	change func(*R)
	index  int
	value  any
	stack  []byte
}

// NewTable declares a table on b. The key columns are those of its primary key, in the order of K's fields.
func NewTable[K comparable, R any](b *Builder, name string, keyColumns ...string) *Table[K, R] {
	t := &Table[K, R]{builder: b}
	shape, err := shapeOf(reflect.TypeFor[K](), reflect.TypeFor[R](), name, keyColumns)
	if err != nil {
		b.fail("table %s: %w", name, err)
	}
	t.shape = shape
	t.cache.reset()
	b.tables = append(b.tables, t)
	return t
}

// Insert adds a row. A row that is there already stops the model.
func (t *Table[K, R]) Insert(key K, row R) { t.record(op[K, R]{verb: insertRow, key: key, row: &row}) }

// Upsert puts a row in the place of whatever is there.
func (t *Table[K, R]) Upsert(key K, row R) { t.record(op[K, R]{verb: upsertRow, key: key, row: &row}) }

// Update changes a row. A missing row stops the model.
func (t *Table[K, R]) Update(key K, change func(*R)) {
	t.record(op[K, R]{verb: updateRow, key: key, change: change})
}

// UpdateIfPresent changes a row, or nothing when there is none.
func (t *Table[K, R]) UpdateIfPresent(key K, change func(*R)) {
	t.record(op[K, R]{verb: updateIfPresent, key: key, change: change})
}

// UpdateOrInsert changes a row; when there is none it starts from the zero row. Counters are made of it.
func (t *Table[K, R]) UpdateOrInsert(key K, change func(*R)) {
	t.record(op[K, R]{verb: updateOrInsert, key: key, change: change})
}

// Delete removes a row if it is there.
func (t *Table[K, R]) Delete(key K) { t.record(op[K, R]{verb: deleteRow, key: key}) }

func (t *Table[K, R]) record(o op[K, R]) {
	o.event = t.builder.event
	if t.builder.trace {
		o.stack = debug.Stack()
	}
	t.ops = append(t.ops, o)
}

func (t *Table[K, R]) describe(o op[K, R]) string {
	if o.verb >= updateWhere {
		return fmt.Sprintf("%s %s.%s = %v", o.verb, t.shape.name, t.indexes[o.index].column, o.value)
	}
	return fmt.Sprintf("%s %s %v", o.verb, t.shape.name, o.key)
}
