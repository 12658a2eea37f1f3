package engine

import (
	"encoding/binary"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5/pgtype"
)

// tableChanges is what a batch changes in one table, encoded, so that it can be written while the next batch is folded.
type tableChanges struct {
	sql                       *statements
	deletes, inserts, upserts rowSet
	copied                    []byte // rows in COPY's binary form
}

// rowSet is a list of values per column.
type rowSet [][]any

func (s rowSet) rows() int {
	if len(s) == 0 {
		return 0
	}
	return len(s[0])
}

// collect encodes the dirty rows, those that are certainly new for COPY when bulk, and takes them for written.
func (t *Table[K, R]) collect(bulk bool) *tableChanges {
	if len(t.cache.dirty) == 0 {
		return nil
	}
	c := &tableChanges{sql: &t.sql}
	for _, e := range t.cache.dirty {
		switch {
		case e.row == nil && e.presence == notStored:
		case e.row == nil:
			c.deletes = t.appendValues(c.deletes, t.sql.keys, e)
		case e.presence == notStored && bulk:
			c.copied = t.copyRow(c.copied, e)
		case e.presence == notStored:
			c.inserts = t.appendValues(c.inserts, t.sql.columns, e)
		default:
			c.upserts = t.appendValues(c.upserts, t.sql.columns, e)
		}
		e.isDirty, e.presence = false, presenceOf(e.row != nil)
	}
	clear(t.cache.dirty)
	t.cache.dirty = t.cache.dirty[:0]
	if len(c.copied) > 0 {
		c.copied = append(c.copied, 0xff, 0xff)
	}
	return c
}

func presenceOf(isThere bool) presence {
	if isThere {
		return stored
	}
	return notStored
}

// source is where column i of an entry comes from: the key columns come first.
func (t *Table[K, R]) source(e *entry[K, R], i int) reflect.Value {
	if i < len(t.sql.keys) {
		return reflect.ValueOf(&e.key).Elem()
	}
	return reflect.ValueOf(e.row).Elem()
}

func (t *Table[K, R]) appendValues(to rowSet, columns []encodedColumn, e *entry[K, R]) rowSet {
	if to == nil {
		to = make(rowSet, len(columns))
	}
	for i := range columns {
		to[i] = append(to[i], columns[i].encode(columns[i].field(t.source(e, i))))
	}
	return to
}

// copyHeader opens a binary COPY: signature, flags, length of the header extension (PostgreSQL, "COPY", Binary Format).
const copyHeader = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"

func (t *Table[K, R]) copyRow(b []byte, e *entry[K, R]) []byte {
	if b == nil {
		b = append(b, copyHeader...)
	}
	before := len(b)
	b = binary.BigEndian.AppendUint16(b, uint16(len(t.sql.columns)))
	for i := range t.sql.columns {
		b = t.sql.columns[i].append(t.sql.types, b, t.source(e, i))
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

// queue adds the statements of a table: deletes first, so that a key freed and taken again in one batch is free.
func (c *tableChanges) queue(b *batch) {
	c.queueSet(b, c.deletes, c.sql.keys, c.sql.deleteOne, c.sql.delete)
	c.queueSet(b, c.inserts, c.sql.columns, c.sql.insertOne, c.sql.insert)
	c.queueSet(b, c.upserts, c.sql.columns, c.sql.upsertOne, c.sql.upsert)
}

func (c *tableChanges) queueSet(b *batch, rows rowSet, columns []encodedColumn, one, many string) {
	switch rows.rows() {
	case 0:
	case 1:
		values := make([]any, len(rows))
		for i := range rows {
			values[i] = rows[i][0]
		}
		b.Queue(one, values...)
	default:
		b.Queue(many, arrays(c.sql.arrayTypes, columns, rows)...)
	}
}

// arrays makes one array parameter per column.
func arrays(types *pgtype.Map, columns []encodedColumn, rows rowSet) []any {
	out := make([]any, len(rows))
	for i := range rows {
		if columns[i].isArray {
			rows[i] = columns[i].texts(types, rows[i])
		}
		out[i] = arrayOf(rows[i])
	}
	return out
}

// texts writes arrays as text, because an array of them would be taken apart to the last element.
func (c *encodedColumn) texts(types *pgtype.Map, from []any) []any {
	out := make([]any, len(from))
	for i, value := range from {
		if value == nil {
			continue
		}
		text, err := types.Encode(c.oid, pgtype.TextFormatCode, value, nil)
		if err != nil {
			panic(fmt.Errorf("column %s: %w", c.name, err))
		}
		out[i] = string(text)
	}
	return out
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

// Dimensions, Index and IndexType make values a pgtype.ArrayGetter.
func (v values) Dimensions() []pgtype.ArrayDimension {
	return []pgtype.ArrayDimension{{Length: int32(len(v.all)), LowerBound: 1}}
}

// Index answers element i.
func (v values) Index(i int) any { return v.all[i] }

// IndexType answers an element, for its type.
func (v values) IndexType() any { return v.sample }
