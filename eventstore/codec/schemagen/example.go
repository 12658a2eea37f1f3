package schemagen

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
)

func itoa(i int) string { return strconv.Itoa(i) }

// ExampleID is the event id under which examples are sealed.
var ExampleID = uuid.NewSHA1(uuid.NameSpaceURL, []byte("vidilog:example"))

// Example fills every field of an event with a value that depends on nothing but the field's path.
func Example(prototype kernel.Event) kernel.Event {
	v := reflect.New(reflect.TypeOf(prototype)).Elem()
	fill(v, prototype.EventType(), "", 0)
	return v.Interface().(kernel.Event)
}

// maxExampleDepth ends types that contain themselves.
const maxExampleDepth = 8

func fill(v reflect.Value, path, tag string, depth int) {
	if depth > maxExampleDepth || fillSpecial(v, path) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && f.Tag.Get("json") != "-" {
				fill(v.Field(i), path+"."+f.Name, f.Tag.Get("jsonschema"), depth+1)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), path, tag, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), path+"[0]", "", depth+1)
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), path+"["+itoa(i)+"]", "", depth+1)
		}
	case reflect.Map:
		fillMap(v, path, depth)
	default:
		fillScalar(v, path, tag)
	}
}

func fillMap(v reflect.Value, path string, depth int) {
	key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
	fill(key, path+".key", "", depth+1)
	fill(value, path+".value", "", depth+1)
	v.Set(reflect.MakeMap(v.Type()))
	v.SetMapIndex(key, value)
}

// fillSpecial handles the types whose JSON is not that of their kind.
func fillSpecial(v reflect.Value, path string) bool {
	switch t := v.Type(); {
	case t == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, 678901000, time.UTC)))
	case t == reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte(`{"example":true}`))
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		v.SetBytes([]byte(path))
	case t == reflect.TypeFor[uuid.UUID]():
		v.Set(reflect.ValueOf(uuid.NewSHA1(ExampleID, []byte(path))))
	case isIdentifier(t):
		v.Field(0).Set(reflect.ValueOf(uuid.NewSHA1(ExampleID, []byte(path))))
	case t.Kind() == reflect.Interface:
		v.Set(reflect.ValueOf("any value"))
	default:
		return false
	}
	return true
}

func fillScalar(v reflect.Value, path, tag string) {
	number := 1 + crc32.ChecksumIEEE([]byte(path))%100
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString(exampleText(path, tag))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(number))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(number))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(number) + 0.5)
	default:
		panic(fmt.Sprintf("%s: a %s cannot be stored in an event", path, v.Type()))
	}
}

// exampleText is the first value of an enumeration, or words made of the field's name.
func exampleText(path, tag string) string {
	for part := range strings.SplitSeq(tag, ",") {
		if value, found := strings.CutPrefix(part, "enum="); found {
			return value
		}
	}
	return "example " + path[strings.LastIndexByte(path, '.')+1:]
}
