package engine

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// column is one column as Go sees it: where its field is and how a value is handed to the database and read back.
type column struct {
	name string
	path []int // field index; empty when the key is the column itself
	typ  reflect.Type
	// encode answers nil for null, otherwise a value of one and the same type per column.
	encode func(reflect.Value) any
}

func (c column) field(v reflect.Value) reflect.Value {
	if len(c.path) == 0 {
		return v
	}
	return v.FieldByIndex(c.path)
}

// destination is where pgx scans the column to. Identifiers that wrap a UUID are scanned into the UUID, which pgx reads
// without a detour over text.
func (c column) destination(v reflect.Value) any {
	f := c.field(v)
	if wrapsUUID(f.Type()) {
		f = f.Field(0)
	}
	return f.Addr().Interface()
}

// shape is a table as Go sees it.
type shape struct {
	name    string
	keys    []column // fields of K
	columns []column // fields of R that are not key columns
	// copies are fields of R that repeat a key column; they are filled from the key.
	copies []keyCopy
}

type keyCopy struct{ from, to column }

func shapeOf(k, r reflect.Type, name string, keyColumns []string) (shape, error) {
	s := shape{name: name}
	if r.Kind() != reflect.Struct {
		return s, fmt.Errorf("the row type %s is not a struct", r)
	}
	var err error
	if s.keys, err = keyColumnsOf(k, keyColumns); err != nil {
		return s, err
	}
	fields, err := columnsOf(r, nil)
	if err != nil {
		return s, err
	}
	for _, c := range fields {
		key, _, isKey := s.find(c.name)
		switch {
		case isKey && key.typ != c.typ:
			return s, fmt.Errorf("key column %s is a %s in the key and a %s in the row", c.name, key.typ, c.typ)
		case isKey:
			s.copies = append(s.copies, keyCopy{from: key, to: c})
		default:
			s.columns = append(s.columns, c)
		}
	}
	return s, nil
}

func keyColumnsOf(k reflect.Type, names []string) ([]column, error) {
	switch {
	case len(names) == 0:
		return nil, fmt.Errorf("no key column is named")
	case len(names) == 1 && (k.Kind() != reflect.Struct || wrapsUUID(k)):
		return []column{{name: names[0], typ: k, encode: encoderOf(k)}}, nil
	case k.Kind() != reflect.Struct || k.NumField() != len(names):
		return nil, fmt.Errorf("the key type %s must be a struct with one field for each of %v", k, names)
	}
	keys := make([]column, len(names))
	for i, name := range names {
		f := k.Field(i)
		if !f.IsExported() {
			return nil, fmt.Errorf("field %s of the key type %s is not exported", f.Name, k)
		}
		if tag := f.Tag.Get("db"); tag != "" && tag != name {
			return nil, fmt.Errorf("field %s of the key type is tagged %q, the key column at its place is %q", f.Name, tag, name)
		}
		keys[i] = column{name: name, path: []int{i}, typ: f.Type, encode: encoderOf(f.Type)}
	}
	return keys, nil
}

// columnsOf walks the fields of a row; untagged embedded structs are flattened.
func columnsOf(r reflect.Type, path []int) ([]column, error) {
	var all []column
	for i := range r.NumField() {
		f := r.Field(i)
		here := append(append([]int(nil), path...), i)
		tag := f.Tag.Get("db")
		switch {
		case tag == "-":
		case tag == "" && f.Anonymous && f.Type.Kind() == reflect.Struct && !wrapsUUID(f.Type):
			inner, err := columnsOf(f.Type, here)
			if err != nil {
				return nil, err
			}
			all = append(all, inner...)
		case tag == "" || !f.IsExported():
			return nil, fmt.Errorf(`field %s of %s needs a tag db:"column" and a capital, or db:"-" to be left out`, f.Name, r)
		case strings.ContainsAny(tag, `", `):
			return nil, fmt.Errorf("field %s of %s: %q is no column name", f.Name, r, tag)
		default:
			all = append(all, column{name: tag, path: here, typ: f.Type, encode: encoderOf(f.Type)})
		}
	}
	return all, nil
}

// find looks a column up among key and row fields.
func (s shape) find(name string) (c column, inKey, found bool) {
	for _, c := range s.keys {
		if c.name == name {
			return c, true, true
		}
	}
	for _, c := range s.columns {
		if c.name == name {
			return c, false, true
		}
	}
	return column{}, false, false
}

// fillKey copies the key into the row's own fields for it.
func (s shape) fillKey(key, row reflect.Value) {
	for _, c := range s.copies {
		c.to.field(row).Set(c.from.field(key))
	}
}

var (
	uuidType = reflect.TypeFor[[16]byte]()
	timeType = reflect.TypeFor[time.Time]()
)

func isUUID(t reflect.Type) bool {
	return t.Kind() == reflect.Array && t.Len() == 16 && t.Elem().Kind() == reflect.Uint8
}

// wrapsUUID tells kernel.ID[K] and its like: a struct of one embedded UUID.
func wrapsUUID(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.NumField() == 1 && t.Field(0).Anonymous && isUUID(t.Field(0).Type)
}

// isDocument tells types that are stored as JSON.
func isDocument(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct:
		return t != timeType && !wrapsUUID(t) && !isScalarValuer(t)
	case reflect.Map, reflect.Interface:
		return true
	case reflect.Slice, reflect.Pointer:
		return t.Elem().Kind() != reflect.Uint8 && isDocument(t.Elem())
	default:
		return false
	}
}

// isScalarValuer tells pgx's own types, such as pgtype.Int8; they go through as they are.
func isScalarValuer(t reflect.Type) bool {
	return strings.HasPrefix(t.PkgPath(), reflect.TypeFor[pgtype.UUID]().PkgPath()) || t.PkgPath() == "net/netip"
}

// encoderOf reduces the many Go types of fields to the few that pgx encodes fastest, each column to one of them.
func encoderOf(t reflect.Type) func(reflect.Value) any {
	if isDocument(t) {
		return encodeDocument
	}
	switch {
	case isUUID(t):
		return func(v reflect.Value) any { return v.Convert(uuidType).Interface() }
	case wrapsUUID(t):
		return func(v reflect.Value) any { return v.Field(0).Convert(uuidType).Interface() }
	}
	switch t.Kind() {
	case reflect.Pointer:
		return encodePointer(encoderOf(t.Elem()))
	case reflect.String:
		return func(v reflect.Value) any { return v.String() }
	case reflect.Bool:
		return func(v reflect.Value) any { return v.Bool() }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) any { return v.Int() }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(v reflect.Value) any { return int64(v.Uint()) }
	case reflect.Float32, reflect.Float64:
		return func(v reflect.Value) any { return v.Float() }
	case reflect.Slice:
		return encodeSlice(t)
	default:
		return func(v reflect.Value) any { return v.Interface() }
	}
}

func encodePointer(inner func(reflect.Value) any) func(reflect.Value) any {
	return func(v reflect.Value) any {
		if v.IsNil() {
			return nil
		}
		return inner(v.Elem())
	}
}

// encodeDocument writes nil pointers and maps as null.
func encodeDocument(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Interface:
		if v.IsNil() {
			return nil
		}
	case reflect.Slice:
		if v.IsNil() {
			return []byte("[]")
		}
	}
	text, err := json.Marshal(v.Interface())
	if err != nil {
		// Caught around the fold and reported with the event.
		panic(fmt.Errorf("write %s as JSON: %w", v.Type(), err))
	}
	return text
}

// encodeSlice writes bytes as bytes, nil as null; other slices as arrays, nil as the empty array, because nil and empty are
// the same to an author and must be to a digest.
func encodeSlice(t reflect.Type) func(reflect.Value) any {
	if t.Elem().Kind() == reflect.Uint8 {
		return func(v reflect.Value) any {
			if v.IsNil() {
				return nil
			}
			return v.Bytes()
		}
	}
	if t.Elem().Kind() == reflect.Pointer {
		return func(v reflect.Value) any { return v.Interface() }
	}
	element := encoderOf(t.Elem())
	slice := reflect.SliceOf(reflect.TypeOf(element(reflect.New(t.Elem()).Elem())))
	return func(v reflect.Value) any {
		out := reflect.MakeSlice(slice, v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(reflect.ValueOf(element(v.Index(i))))
		}
		return out.Interface()
	}
}
