package codec

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"vidilog/domain/kernel"
)

// plan says where kernel.Personal sits inside a Go type. A nil plan means nowhere.
type plan struct {
	leaf   bool
	fields []fieldPlan // of a struct
	elem   *plan       // of a pointer, slice, array or map
}

type fieldPlan struct {
	index int
	name  string // in JSON; empty for an embedded struct, whose members belong to its parent
	plan  *plan
}

var (
	personalType = reflect.TypeFor[kernel.Personal]()
	jsonWriter   = reflect.TypeFor[json.Marshaler]()
	textWriter   = reflect.TypeFor[encoding.TextMarshaler]()
)

// planner builds plans; open and recursive guard against types that contain themselves.
type planner struct{ open, recursive map[reflect.Type]bool }

func planFor(t reflect.Type) (*plan, error) {
	return (&planner{open: map[reflect.Type]bool{}, recursive: map[reflect.Type]bool{}}).plan(t)
}

func (p *planner) plan(t reflect.Type) (*plan, error) {
	if t == personalType {
		return &plan{leaf: true}, nil
	}
	if p.open[t] {
		p.recursive[t] = true
		return nil, nil
	}
	p.open[t] = true
	defer delete(p.open, t)
	found, err := p.inside(t)
	if err != nil || found == nil {
		return nil, err
	}
	switch {
	case p.recursive[t]:
		return nil, fmt.Errorf("%s contains itself and personal text; such text cannot be sealed", t)
	case t.Implements(jsonWriter) || t.Implements(textWriter):
		return nil, fmt.Errorf("%s writes its own JSON and holds personal text, which would not be sealed", t)
	}
	return found, nil
}

func (p *planner) inside(t reflect.Type) (*plan, error) {
	switch t.Kind() {
	case reflect.Struct:
		return p.structure(t)
	case reflect.Map:
		if t.Key() == personalType {
			return nil, fmt.Errorf("%s has personal text as keys, which cannot be sealed", t)
		}
		fallthrough
	case reflect.Pointer, reflect.Slice, reflect.Array:
		elem, err := p.plan(t.Elem())
		if elem == nil {
			return nil, err
		}
		return &plan{elem: elem}, nil
	}
	return nil, nil
}

func (p *planner) structure(t reflect.Type) (*plan, error) {
	var fields []fieldPlan
	for i := range t.NumField() {
		f := t.Field(i)
		name, skipped := jsonName(f)
		if skipped {
			continue
		}
		inner, err := p.plan(f.Type)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if inner != nil && !f.IsExported() {
			return nil, fmt.Errorf("%s holds personal text in the unexported embedded %s, which cannot be sealed", t, f.Name)
		}
		if inner != nil {
			fields = append(fields, fieldPlan{i, name, inner})
		}
	}
	if fields == nil {
		return nil, nil
	}
	return &plan{fields: fields}, nil
}

// jsonName is the member that encoding/json writes for a field.
func jsonName(f reflect.StructField) (name string, skipped bool) {
	tag := f.Tag.Get("json")
	if tag == "-" || (!f.IsExported() && !f.Anonymous) {
		return "", true
	}
	name, _, _ = strings.Cut(tag, ",")
	inner := f.Type
	if inner.Kind() == reflect.Pointer {
		inner = inner.Elem()
	}
	if name == "" && !(f.Anonymous && inner.Kind() == reflect.Struct) {
		name = f.Name
	}
	return name, false
}

// rewrite answers a copy of v in which every personal text has gone through turn. Only what leads to such text is copied,
// so v itself stays as the caller has it. The path of a text is that of its JSON: authors[2].email.
func (p *plan) rewrite(v reflect.Value, path string, turn func(path, text string) (string, error)) (reflect.Value, error) {
	if p.leaf {
		text, err := turn(path, v.String())
		return reflect.ValueOf(kernel.Personal(text)), err
	}
	switch v.Kind() {
	case reflect.Struct:
		return p.rewriteStruct(v, path, turn)
	case reflect.Map:
		return p.rewriteMap(v, path, turn)
	case reflect.Pointer:
		if v.IsNil() {
			return v, nil
		}
		inner, err := p.elem.rewrite(v.Elem(), path, turn)
		if err != nil {
			return v, err
		}
		result := reflect.New(v.Type().Elem())
		result.Elem().Set(inner)
		return result, nil
	}
	if v.Kind() == reflect.Slice && v.IsNil() {
		return v, nil
	}
	return p.rewriteList(v, path, turn)
}

func (p *plan) rewriteStruct(v reflect.Value, path string, turn func(path, text string) (string, error)) (reflect.Value, error) {
	result := reflect.New(v.Type()).Elem()
	result.Set(v)
	for _, f := range p.fields {
		at := path
		if f.name != "" {
			at = joinPath(path, f.name)
		}
		inner, err := f.plan.rewrite(v.Field(f.index), at, turn)
		if err != nil {
			return v, err
		}
		result.Field(f.index).Set(inner)
	}
	return result, nil
}

func (p *plan) rewriteList(v reflect.Value, path string, turn func(path, text string) (string, error)) (reflect.Value, error) {
	result := reflect.New(v.Type()).Elem()
	if v.Kind() == reflect.Slice {
		result.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
	}
	for i := range v.Len() {
		inner, err := p.elem.rewrite(v.Index(i), indexPath(path, i), turn)
		if err != nil {
			return v, err
		}
		result.Index(i).Set(inner)
	}
	return result, nil
}

func (p *plan) rewriteMap(v reflect.Value, path string, turn func(path, text string) (string, error)) (reflect.Value, error) {
	if v.IsNil() {
		return v, nil
	}
	result := reflect.MakeMapWithSize(v.Type(), v.Len())
	for entries := v.MapRange(); entries.Next(); {
		inner, err := p.elem.rewrite(entries.Value(), joinPath(path, fmt.Sprint(entries.Key().Interface())), turn)
		if err != nil {
			return v, err
		}
		result.SetMapIndex(entries.Key(), inner)
	}
	return result, nil
}

func joinPath(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func indexPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
