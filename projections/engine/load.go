package engine

import (
	"reflect"

	"github.com/jackc/pgx/v5"
)

// batch is a pipelined batch of queries.
type batch struct{ pgx.Batch }

// queueLoads asks for the rows that recorded operations depend on and memory does not hold.
func (t *Table[K, R]) queueLoads(b *batch) {
	if t.cache.complete || len(t.ops) == 0 {
		return
	}
	missing, values := t.missing()
	if len(missing) > 0 {
		for _, key := range missing {
			t.cache.add(key, nil, notStored)
		}
		b.Queue(t.sql.selectByKey, t.keyArguments(missing)...).Query(t.absorb)
	}
	for i, wanted := range values {
		if len(wanted) == 0 {
			continue
		}
		list := make([]any, 0, len(wanted))
		for value := range wanted {
			list = append(list, t.indexes[i].encode(reflect.ValueOf(value)))
		}
		b.Queue(t.indexes[i].sql, arrayOf(list)).Query(t.absorb)
	}
}

// missing answers the keys whose rows are needed and the index values whose rows are. A row that an earlier operation of the
// batch determines is not needed.
func (t *Table[K, R]) missing() (keys []K, values []map[any]bool) {
	determined := map[K]bool{}
	values = make([]map[any]bool, len(t.indexes))
	for i := range t.ops {
		o := &t.ops[i]
		switch {
		case o.verb >= updateWhere:
			if values[o.index] == nil {
				values[o.index] = map[any]bool{}
			}
			values[o.index][o.value] = true
		case determined[o.key]:
		default:
			determined[o.key] = true
			if o.verb.needsRow() && t.cache.get(o.key) == nil {
				keys = append(keys, o.key)
			}
		}
	}
	return keys, values
}

// absorb takes rows from the database into memory. What memory knows already is newer or the same.
func (t *Table[K, R]) absorb(rows pgx.Rows) error {
	defer rows.Close()
	for rows.Next() {
		key, row := new(K), new(R)
		destinations := make([]any, 0, len(t.sql.columns))
		keyValue, rowValue := reflect.ValueOf(key).Elem(), reflect.ValueOf(row).Elem()
		for i, c := range t.sql.columns {
			if i < len(t.sql.keys) {
				destinations = append(destinations, c.destination(keyValue))
			} else {
				destinations = append(destinations, c.destination(rowValue))
			}
		}
		if err := rows.Scan(destinations...); err != nil {
			return err
		}
		e := t.cache.get(*key)
		if e == nil {
			e = t.cache.add(*key, nil, notStored)
		}
		if e.row != nil || e.isDirty || e.presence != notStored {
			continue
		}
		t.fillKey(*key, row)
		e.row, e.presence = row, stored
		t.cache.file(t.indexes, e)
	}
	return rows.Err()
}

func (t *Table[K, R]) keyArguments(keys []K) []any {
	lists := make(rowSet, len(t.sql.keys))
	for i := range keys {
		v := reflect.ValueOf(&keys[i]).Elem()
		for j, c := range t.sql.keys {
			lists[j] = append(lists[j], c.encode(c.field(v)))
		}
	}
	return arrays(t.sql.types, t.sql.keys, lists)
}
