package engine

import (
	"fmt"
	"reflect"
)

// Index finds the rows of a table by another column than the key, so that a reducer can change or remove all of them: the
// files of a video. The column needs an index in the database too, in the migration that creates the table (not in an
// *_indexes.sql file), because a rebuild that outgrows its memory looks rows up through it.
type Index[V comparable, K comparable, R any] struct {
	table  *Table[K, R]
	number int
}

// where is an index without its types.
type where struct {
	column string
	// value reads the indexed value of a row, present=false for a null.
	value func(key, row reflect.Value) (value any, present bool)
	// encode prepares a value for the database.
	encode func(reflect.Value) any
	sql    string
}

// NewIndex declares that rows of t are addressed by a column whose Go type is V (or *V where it may be null):
// engine.NewIndex[kernel.VideoID](files, "video_id").
func NewIndex[V comparable, K comparable, R any](t *Table[K, R], column string) *Index[V, K, R] {
	read, err := t.shape.reader(column, reflect.TypeFor[V]())
	if err != nil {
		t.builder.fail("table %s: index on %s: %w", t.shape.name, column, err)
	}
	t.indexes = append(t.indexes, where{column: column, value: read, encode: encoderOf(reflect.TypeFor[V]())})
	return &Index[V, K, R]{table: t, number: len(t.indexes) - 1}
}

// Update changes all rows that hold value at this point of the log; there may be none.
func (i *Index[V, K, R]) Update(value V, change func(*R)) {
	i.table.record(op[K, R]{verb: updateWhere, index: i.number, value: value, change: change})
}

// Delete removes all rows that hold value at this point of the log; there may be none.
func (i *Index[V, K, R]) Delete(value V) {
	i.table.record(op[K, R]{verb: deleteWhere, index: i.number, value: value})
}

// reader answers how to read a column of a row or key as a v.
func (s shape) reader(column string, v reflect.Type) (func(key, row reflect.Value) (any, bool), error) {
	c, inKey, found := s.find(column)
	if !found {
		return nil, fmt.Errorf("no field has the tag db:%q", column)
	}
	isPointer := c.typ.Kind() == reflect.Pointer && c.typ.Elem() == v
	if c.typ != v && !isPointer {
		return nil, fmt.Errorf("the field is a %s, the index is declared on %s", c.typ, v)
	}
	return func(key, row reflect.Value) (any, bool) {
		field := row
		if inKey {
			field = key
		}
		field = c.field(field)
		if isPointer {
			if field.IsNil() {
				return nil, false
			}
			field = field.Elem()
		}
		return field.Interface(), true
	}, nil
}
