package schemagen

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/invopop/jsonschema"

	"vidilog/domain/kernel"
	"vidilog/eventstore/codec"
)

// schemaOf reflects the payload of one event type.
func schemaOf(prototype kernel.Event) *jsonschema.Schema {
	t := reflect.TypeOf(prototype)
	r := &jsonschema.Reflector{
		Anonymous: true, ExpandedStruct: true,
		// Readers ignore members they do not know, so that a newer program can add some.
		AllowAdditionalProperties: true,
		Namer:                     definitionName,
		Mapper:                    mapped,
	}
	s := r.ReflectFromType(t)
	n := nullables{definitions: s.Definitions, seen: map[reflect.Type]bool{}}
	n.structure(t, s)
	s.Title = prototype.EventType()
	s.Description = "Payload of version " + itoa(codec.VersionOf(prototype)) + ", written by " + t.String() + "."
	return s
}

// definitionName keeps types of one name in two packages apart; unnamed types stand where they are used.
func definitionName(t reflect.Type) string {
	if t.Name() == "" {
		return ""
	}
	return t.String()
}

var textWriter = reflect.TypeFor[encoding.TextMarshaler]()

// mapped gives the schemas that reflection would get wrong: identifiers are arrays of bytes in Go and text in JSON.
func mapped(t reflect.Type) *jsonschema.Schema {
	switch {
	case t == reflect.TypeFor[kernel.Personal]():
		return &jsonschema.Schema{Type: "string", Description: "Personal text: sealed:v1:<base64url> in the log."}
	case isIdentifier(t):
		return &jsonschema.Schema{Type: "string", Format: "uuid"}
	case t != reflect.TypeFor[time.Time]() && t.Kind() != reflect.Pointer && t.Implements(textWriter):
		return &jsonschema.Schema{Type: "string"}
	}
	return nil
}

// isIdentifier says that t is a UUID or a struct that is nothing but one, such as kernel.VideoID.
func isIdentifier(t reflect.Type) bool {
	if t == reflect.TypeFor[uuid.UUID]() {
		return true
	}
	return t.Kind() == reflect.Struct && t.NumField() == 1 && t.Field(0).Anonymous && t.Field(0).Type == reflect.TypeFor[uuid.UUID]()
}

// nullables lets lists, maps and pointers that are always written be null, because Go writes nil as null.
type nullables struct {
	definitions jsonschema.Definitions
	seen        map[reflect.Type]bool
}

func (n *nullables) walk(t reflect.Type, s *jsonschema.Schema) {
	if s == nil || mapped(t) != nil || t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[json.RawMessage]() {
		return
	}
	if name, found := strings.CutPrefix(s.Ref, "#/$defs/"); found {
		s = n.definitions[name]
	}
	switch t.Kind() {
	case reflect.Pointer:
		n.walk(t.Elem(), s)
	case reflect.Slice, reflect.Array:
		n.walk(t.Elem(), s.Items)
	case reflect.Map:
		n.walk(t.Elem(), s.AdditionalProperties)
	case reflect.Struct:
		if !n.seen[t] {
			n.seen[t] = true
			n.structure(t, s)
		}
	}
}

func (n *nullables) structure(t reflect.Type, s *jsonschema.Schema) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct && mapped(f.Type) == nil {
			n.structure(f.Type, s)
			continue
		}
		if name == "" {
			name = f.Name
		}
		property, found := s.Properties.Get(name)
		if !f.IsExported() || !found {
			continue
		}
		n.walk(f.Type, property)
		if writesNull(f.Type) && !strings.Contains(options, "omit") && property.OneOf == nil {
			s.Properties.Set(name, &jsonschema.Schema{OneOf: []*jsonschema.Schema{property, {Type: "null"}}})
		}
	}
}

func writesNull(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map:
		return true
	case reflect.Slice: // raw JSON is anything, null included
		return t != reflect.TypeFor[json.RawMessage]()
	}
	return false
}
