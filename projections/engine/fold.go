package engine

import (
	"fmt"
	"reflect"
	"runtime/debug"

	"vidilog/eventstore"
	"vidilog/eventstore/tail"
)

// table is what the engine needs of a Table whatever its types are.
type table interface {
	name() string
	attach(columns map[string]databaseColumn) error
	queueLoads(b *batch)
	apply() *foldError
	collect(bulk bool) *tableChanges
	forgetOps()
	reset(complete bool)
	rotate()
	cached() (rows, dirty, bytesPerRow int)
}

// foldError says which event of a batch could not be applied and why.
type foldError struct {
	event int
	err   error
	stack []byte
}

// fold is one run of a reducer over batches of events: reduce records, queueLoads asks for the rows that are missing, apply
// changes them in memory, collect answers what has to be written.
type fold struct {
	builder *Builder
	reducer Reducer
}

func newFold(d Definition) (*fold, error) {
	b, r, err := d.instance()
	if err != nil {
		return nil, err
	}
	return &fold{builder: b, reducer: r}, nil
}

// reduce lets the reducer record what the events mean.
func (f *fold) reduce(events []eventstore.Event) *foldError {
	for i, e := range events {
		if err := undecoded(e); err != nil {
			return &foldError{event: i, err: err}
		}
		f.builder.event = i
		if failed := f.reduceOne(e); failed != nil {
			return failed
		}
	}
	return nil
}

// undecoded answers why an event cannot be reduced: passing it over would make rows that no replay gives again.
func undecoded(e eventstore.Event) error {
	if e.Data == nil {
		return fmt.Errorf("event type %q version %d is not known to this program", e.Type, e.SchemaVersion)
	}
	return tail.DecodeError(e)
}

func (f *fold) reduceOne(e eventstore.Event) (failed *foldError) {
	defer func() {
		if reason := recover(); reason != nil {
			failed = &foldError{event: f.builder.event, err: fmt.Errorf("the reducer panicked: %v", reason), stack: debug.Stack()}
		}
	}()
	f.reducer.Reduce(e.Position, e)
	return nil
}

// apply carries out what was recorded and answers the earliest failure. Afterwards nothing is recorded any more.
func (f *fold) apply() *foldError {
	var first *foldError
	for _, t := range f.builder.tables {
		if failed := t.apply(); failed != nil && (first == nil || failed.event < first.event) {
			first = failed
		}
	}
	f.forgetOps()
	return first
}

func (f *fold) forgetOps() {
	for _, t := range f.builder.tables {
		t.forgetOps()
	}
}

// reset forgets everything in memory; complete says that the tables in the database are empty.
func (f *fold) reset(complete bool) {
	for _, t := range f.builder.tables {
		t.forgetOps()
		t.reset(complete)
	}
}

// collect answers what must be written, and takes it for written.
func (f *fold) collect(bulk bool) []*tableChanges {
	var all []*tableChanges
	for _, t := range f.builder.tables {
		if c := t.collect(bulk); c != nil {
			all = append(all, c)
		}
	}
	return all
}

// trim drops what was not touched lately once memory holds more than limit bytes, by a rough estimate. Nothing may be dirty.
func (f *fold) trim(limit int) {
	if all, _ := f.bytes(); all > limit/2 {
		for _, t := range f.builder.tables {
			t.rotate()
		}
	}
}

// bytes estimates what the rows in memory take, and those of them that are not written.
func (f *fold) bytes() (all, dirty int) {
	for _, t := range f.builder.tables {
		rows, changed, each := t.cached()
		all += rows * each
		dirty += changed * each
	}
	return all, dirty
}

func (t *Table[K, R]) name() string { return t.shape.name }

func (t *Table[K, R]) forgetOps() {
	clear(t.ops)
	t.ops = t.ops[:0]
}

func (t *Table[K, R]) reset(complete bool) {
	t.cache.reset()
	t.cache.complete = complete
}

func (t *Table[K, R]) rotate() { t.cache.rotate() }

func (t *Table[K, R]) cached() (rows, dirty, bytesPerRow int) {
	// Map cell, entry and allocator rounding were measured at about 200 bytes; text is counted as it was last written.
	return t.cache.len(), len(t.cache.dirty), 200 + int(reflect.TypeFor[R]().Size()) + t.sql.bytesPerRow()
}

func (t *Table[K, R]) apply() (failed *foldError) {
	at := 0
	defer func() {
		if reason := recover(); reason != nil {
			o := t.ops[at]
			failed = &foldError{event: o.event, err: fmt.Errorf("%s panicked: %v", t.describe(o), reason), stack: debug.Stack()}
		}
	}()
	for at = range t.ops {
		o := &t.ops[at]
		if err := t.applyOne(o); err != nil {
			return &foldError{event: o.event, err: fmt.Errorf("%s: %w", t.describe(*o), err), stack: o.stack}
		}
	}
	return nil
}

func (t *Table[K, R]) applyOne(o *op[K, R]) error {
	if o.verb == updateWhere || o.verb == deleteWhere {
		for _, e := range t.cache.matching(o.index, o.value) {
			if o.verb == deleteWhere {
				t.put(e, nil)
			} else {
				t.change(e, o.change)
			}
		}
		return nil
	}
	e := t.cache.get(o.key)
	isThere := e != nil && e.row != nil
	switch o.verb {
	case insertRow:
		return t.insert(e, isThere, o)
	case upsertRow:
		if e == nil {
			e = t.cache.add(o.key, nil, t.cache.unseen())
		}
		t.put(e, o.row)
	case deleteRow:
		if e == nil {
			e = t.cache.add(o.key, nil, t.cache.unseen())
		}
		t.put(e, nil)
	default:
		return t.update(e, isThere, o)
	}
	return nil
}

func (t *Table[K, R]) insert(e *entry[K, R], isThere bool, o *op[K, R]) error {
	if isThere {
		return fmt.Errorf("the row is there already")
	}
	if e == nil {
		e = t.cache.add(o.key, nil, notStored)
	}
	t.put(e, o.row)
	return nil
}

func (t *Table[K, R]) update(e *entry[K, R], isThere bool, o *op[K, R]) error {
	switch {
	case isThere:
		t.change(e, o.change)
	case o.verb == updateOrInsert:
		if e == nil {
			e = t.cache.add(o.key, nil, notStored)
		}
		row := new(R)
		t.fillKey(e.key, row)
		o.change(row)
		t.put(e, row)
	case o.verb == updateRow:
		return fmt.Errorf("there is no such row")
	}
	return nil
}

func (t *Table[K, R]) change(e *entry[K, R], change func(*R)) {
	change(e.row)
	t.put(e, e.row)
}

func (t *Table[K, R]) put(e *entry[K, R], row *R) {
	if row != nil {
		t.fillKey(e.key, row)
	}
	e.row = row
	t.cache.touch(e)
	t.cache.file(t.indexes, e)
}

func (t *Table[K, R]) fillKey(key K, row *R) {
	if len(t.shape.copies) > 0 {
		t.shape.fillKey(reflect.ValueOf(key), reflect.ValueOf(row).Elem())
	}
}
