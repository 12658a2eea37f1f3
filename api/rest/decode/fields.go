// Package decode reads request bodies: JSON objects and multipart forms alike become Fields, whose getters convert and
// collect what is wrong, so that a client learns of all mistakes at once.
//
// It may import domain/kernel and internal/httpx. Read fields.go first, then multipart.go.
package decode

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"strconv"
	"strings"
	"time"

	"vidilog/domain/kernel"
)

// Fields are the members of a body. Getters answer given=false for a member that is not there; a JSON null and the form
// values "" and "null" are given with a nil value. Forms carry text only, so numbers and booleans are read from text too.
type Fields struct {
	values map[string]any
	errs   []error
}

// Has says that a member is there.
func (f *Fields) Has(name string) bool { _, given := f.values[name]; return given }

// Values answers the members as sent, for hashing and logging; it is not to be changed.
func (f *Fields) Values() map[string]any { return f.values }

// Without answers the members as sent but some, for what must not be kept even as a hash.
func (f *Fields) Without(names ...string) map[string]any {
	rest := maps.Clone(f.values)
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}

// Refuse notes that a member is wrong.
func (f *Fields) Refuse(name, format string, args ...any) {
	e := kernel.Invalid(name, format, args...)
	if value, given := f.values[name]; given {
		e.Data = map[string]any{"value": value}
	}
	f.errs = append(f.errs, e)
}

// RefuseSecret notes that a member is wrong whose value is not repeated in the answer.
func (f *Fields) RefuseSecret(name, format string, args ...any) {
	f.errs = append(f.errs, kernel.Invalid(name, format, args...))
}

// Err answers everything that getters found wrong, nil for nothing.
func (f *Fields) Err() error { return errors.Join(f.errs...) }

// Text answers a text.
func (f *Fields) Text(name string) (value *string, given bool) {
	raw, given := f.values[name]
	switch v := raw.(type) {
	case nil:
		return nil, given
	case string:
		if v == "null" {
			return nil, true
		}
		v = kernel.CleanText(v)
		return &v, true
	case float64:
		text := strconv.FormatFloat(v, 'f', -1, 64)
		return &text, true
	}
	f.Refuse(name, "must be a text")
	return nil, false
}

// Int answers a whole number.
func (f *Fields) Int(name string) (value *int, given bool) {
	raw, given := f.values[name]
	switch v := raw.(type) {
	case nil:
		return nil, given
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			n := int(v)
			return &n, true
		}
	case string:
		if v == "" || v == "null" {
			return nil, true
		}
		if n, err := strconv.Atoi(v); err == nil {
			return &n, true
		}
	}
	f.Refuse(name, "must be a whole number")
	return nil, false
}

// Bool answers a truth value.
func (f *Fields) Bool(name string) (value *bool, given bool) {
	raw, given := f.values[name]
	yes, no := true, false
	switch raw {
	case nil, "", "null":
		return nil, given
	case true, "true", "1", float64(1):
		return &yes, true
	case false, "false", "0", float64(0):
		return &no, true
	}
	f.Refuse(name, "must be true or false")
	return nil, false
}

// Texts answers a list of texts; a single text is a list of one.
func (f *Fields) Texts(name string) (value []string, given bool) {
	raw, given := f.values[name]
	switch v := raw.(type) {
	case nil:
		return nil, given
	case string:
		if v == "" || v == "null" {
			return nil, true
		}
		return []string{kernel.CleanText(v)}, true
	case []any:
		list := make([]string, 0, len(v))
		for _, element := range v {
			text, isText := element.(string)
			if !isText {
				f.Refuse(name, "must be a list of texts")
				return nil, false
			}
			list = append(list, kernel.CleanText(text))
		}
		return list, true
	}
	f.Refuse(name, "must be a list of texts")
	return nil, false
}

// Time answers a moment in RFC 3339, UTC with milliseconds.
func (f *Fields) Time(name string) (value *time.Time, given bool) {
	text, given := f.Text(name)
	if text == nil || *text == "" {
		return nil, given
	}
	if t, ok := moment(*text); ok {
		return &t, true
	}
	f.Refuse(name, "must be a date and time, such as 2026-11-20T12:00:00Z")
	return nil, false
}

// moments are the forms of ISO 8601 that clients send; those without a zone mean UTC.
var moments = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02", "2006-01", "2006",
}

func moment(text string) (time.Time, bool) {
	for _, layout := range moments {
		if t, err := time.Parse(layout, text); err == nil {
			if t = t.UTC().Truncate(time.Millisecond); t.Year() >= 0 && t.Year() <= 9999 { // others are no JSON
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// maxIndex bounds name[N] in forms.
const maxIndex = 1_000

// setForm puts one form value under its name: plain, name[] and name[N] for lists, name[member] for objects.
func setForm(values map[string]any, name, value string) error {
	base, inside, nested := strings.Cut(name, "[")
	if !nested {
		values[name] = value
		return nil
	}
	inside, closed := strings.CutSuffix(inside, "]")
	if !closed || base == "" || strings.ContainsAny(inside, "[]") {
		return kernel.Invalid(name, "is not a form name; write name, name[0] or name[member]")
	}
	if n, err := strconv.Atoi(inside); inside == "" || err == nil {
		if n < 0 || n > maxIndex {
			return kernel.Invalid(name, "has more than %d elements", maxIndex)
		}
		list, _ := values[base].([]any)
		values[base] = append(list, value)
		return nil
	}
	object, isObject := values[base].(map[string]any)
	if !isObject {
		if _, taken := values[base]; taken {
			return kernel.Invalid(base, "is sent both as a value and as an object")
		}
		object = map[string]any{}
		values[base] = object
	}
	object[inside] = value
	return nil
}

// Object answers the members of a nested object.
func (f *Fields) Object(name string) (nested *Fields, given bool) {
	raw, given := f.values[name]
	object, isObject := raw.(map[string]any)
	if !isObject {
		if given && raw != nil && raw != "null" && raw != "" {
			f.Refuse(name, "must be an object")
		}
		return nil, given
	}
	return &Fields{values: object}, true
}

// String is for messages.
func (f *Fields) String() string { return fmt.Sprintf("%d fields", len(f.values)) }
