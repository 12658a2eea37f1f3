package engine

import (
	"encoding/binary"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5/pgtype"
)

// tableChanges is what a batch changes in one table, encoded, so that it can be written while the next batch is folded.
type tableChanges struct {
	sql     *statements
	deletes []any // arguments of delete; nil when nothing is to be deleted
	inserts []any
	upserts []any
	copied  []byte // rows in COPY's binary form
	rows    int
}

// collect encodes the dirty rows, those that are certainly new for COPY when bulk, and takes them for written.
func (t *Table[K, R]) collect(bulk bool) *tableChanges {
	if len(t.cache.dirty) == 0 {
		return nil
	}
	c := &tableChanges{sql: &t.sql, rows: len(t.cache.dirty)}
	deletes := make([][]any, len(t.sql.keys))
	inserts := make([][]any, len(t.sql.columns))
	upserts := make([][]any, len(t.sql.columns))
	for _, e := range t.cache.dirty {
		key := reflect.ValueOf(&e.key).Elem()
		switch {
		case e.row == nil && e.presence != notStored:
			for i := range t.sql.keys {
				deletes[i] = append(deletes[i], t.sql.keys[i].argument(t.sql.types, key))
			}
		case e.row == nil:
		case e.presence == notStored && bulk:
			c.copied = t.copyRow(c.copied, key, reflect.ValueOf(e.row).Elem())
		case e.presence == notStored:
			t.appendRow(inserts, key, reflect.ValueOf(e.row).Elem())
		default:
			t.appendRow(upserts, key, reflect.ValueOf(e.row).Elem())
		}
		e.isDirty, e.presence = false, presenceOf(e.row != nil)
	}
	clear(t.cache.dirty)
	t.cache.dirty = t.cache.dirty[:0]
	if len(c.copied) > 0 {
		c.copied = append(c.copied, 0xff, 0xff)
	}
	c.deletes, c.inserts, c.upserts = arrays(deletes), arrays(inserts), arrays(upserts)
	return c
}

func presenceOf(isThere bool) presence {
	if isThere {
		return stored
	}
	return notStored
}

func (t *Table[K, R]) appendRow(lists [][]any, key, row reflect.Value) {
	for i := range t.sql.columns {
		from := row
		if i < len(t.sql.keys) {
			from = key
		}
		lists[i] = append(lists[i], t.sql.columns[i].argument(t.sql.types, from))
	}
}

// copyHeader opens a binary COPY: signature, flags, length of the header extension (PostgreSQL, "COPY", Binary Format).
const copyHeader = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"

func (t *Table[K, R]) copyRow(b []byte, key, row reflect.Value) []byte {
	if b == nil {
		b = append(b, copyHeader...)
	}
	before := len(b)
	b = binary.BigEndian.AppendUint16(b, uint16(len(t.sql.columns)))
	for i := range t.sql.columns {
		from := row
		if i < len(t.sql.keys) {
			from = key
		}
		b = t.sql.columns[i].append(t.sql.types, b, from)
	}
	t.sql.copiedBytes += len(b) - before
	t.sql.copiedRows++
	return b
}

// append writes one value in binary with its length before it. A value that cannot be encoded panics; the fold reports it.
func (c *encodedColumn) append(types *pgtype.Map, b []byte, from reflect.Value) []byte {
	value := c.encode(c.field(from))
	at := len(b)
	b = binary.BigEndian.AppendUint32(b, 0xffffffff)
	if value == nil {
		return b
	}
	if c.isEnum {
		b = append(b, fmt.Sprint(value)...)
	} else {
		if c.plan == nil {
			c.plan = types.PlanEncode(c.oid, pgtype.BinaryFormatCode, value)
		}
		if c.plan == nil {
			panic(fmt.Errorf("column %s: a %T cannot be written as %s", c.name, value, c.typeName))
		}
		grown, err := c.plan.Encode(value, b)
		if err != nil {
			panic(fmt.Errorf("column %s: %w", c.name, err))
		}
		if grown == nil {
			return b
		}
		b = grown
	}
	binary.BigEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

// argument is the value as an element of an array parameter.
func (c *encodedColumn) argument(types *pgtype.Map, from reflect.Value) any {
	value := c.encode(c.field(from))
	if value == nil || !c.isArray {
		return value
	}
	text, err := types.Encode(c.oid, pgtype.TextFormatCode, value, nil)
	if err != nil {
		panic(fmt.Errorf("column %s: %w", c.name, err))
	}
	return string(text)
}

// values is an array parameter made of encoded elements; nil elements are nulls.
type values struct {
	all    []any
	sample any
}

func arrayOf(all []any) values {
	for _, v := range all {
		if v != nil {
			return values{all: all, sample: v}
		}
	}
	return values{all: all}
}

func arrays(lists [][]any) []any {
	if len(lists) == 0 || len(lists[0]) == 0 {
		return nil
	}
	out := make([]any, len(lists))
	for i, list := range lists {
		out[i] = arrayOf(list)
	}
	return out
}

// Dimensions, Index and IndexType make values a pgtype.ArrayGetter.
func (v values) Dimensions() []pgtype.ArrayDimension {
	return []pgtype.ArrayDimension{{Length: int32(len(v.all)), LowerBound: 1}}
}

// Index answers element i.
func (v values) Index(i int) any { return v.all[i] }

// IndexType answers an element, for its type.
func (v values) IndexType() any { return v.sample }
