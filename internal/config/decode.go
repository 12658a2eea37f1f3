package config

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"
)

// ValueError is a value that stops the start.
type ValueError struct {
	// Key is the path in the configuration, e.g. "transcoding.concurrency".
	Key string
	// Source is the file, variable or flag that gave the value, with its line where there is one.
	Source string
	// Reason says what is wrong and what would be right.
	Reason string
}

// Error reads: transcoding.concurrency (config/production.yaml:412): has 0, must be at least 1.
func (e *ValueError) Error() string {
	return fmt.Sprintf("%s (%s): %s", e.Key, e.Source, e.Reason)
}

// decoder fills a Config from the merged tree. It goes on after an error, so that a person sees all of them at once.
type decoder struct {
	layers   *layers
	errors   []error
	warnings []string
}

// renamed are keys that older files have, with what became of them.
var renamed = map[string]string{
	"transcoding.webtorrent": "transcoding.web_videos",
	"services.csp-logger":    "csp.report_uri",
	"storage.videos":         "storage.web_videos",
}

func (d *decoder) fail(path, format string, args ...any) {
	d.errors = append(d.errors, &ValueError{Key: path, Source: d.layers.where(path).String(), Reason: fmt.Sprintf(format, args...)})
}

func (d *decoder) section(target reflect.Value, values map[string]any, path string) {
	known := map[string]bool{}
	for i := range target.NumField() {
		field := target.Type().Field(i)
		key := field.Tag.Get("koanf")
		if key == "-" || key == "" {
			continue
		}
		known[key] = true
		if value, given := values[key]; given {
			d.value(target.Field(i), value, join(path, key), field.Tag)
		}
	}
	d.warnUnknown(values, known, path)
}

func (d *decoder) warnUnknown(values map[string]any, known map[string]bool, path string) {
	keys := make([]string, 0, len(values))
	for key := range values {
		if !known[key] {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	for _, key := range keys {
		full := join(path, key)
		hint := "is not known and has no effect"
		if now := renamed[full]; now != "" {
			hint = "is now called " + now + " and has no effect under this name"
		}
		d.warnings = append(d.warnings, fmt.Sprintf("configuration key %s (%s) %s", full, d.layers.where(full), hint))
	}
}

var (
	durationType = reflect.TypeFor[time.Duration]()
	bytesType    = reflect.TypeFor[Bytes]()
)

// value sets one value; null means the empty value of the type, as in PeerTube's files.
func (d *decoder) value(target reflect.Value, value any, path string, tag reflect.StructTag) {
	if value == nil {
		target.SetZero()
		return
	}
	switch {
	case target.Type() == durationType:
		d.duration(target, value, path)
	case target.Type() == bytesType:
		d.size(target, value, path)
	case target.Kind() == reflect.Struct:
		values, ok := value.(map[string]any)
		if !ok {
			d.fail(path, "has %s, must be a section with keys", describe(value))
			return
		}
		d.section(target, values, path)
	case target.Kind() == reflect.Slice:
		d.list(target, value, path)
	case target.Kind() == reflect.Bool:
		d.boolean(target, value, path)
	case target.Kind() == reflect.Int:
		d.number(target, value, path, tag)
	default:
		d.text(target, value, path, tag)
	}
}

func (d *decoder) duration(target reflect.Value, value any, path string) {
	text, ok := scalar(value)
	parsed, err := ParseDuration(text)
	if !ok || err != nil {
		d.fail(path, "has %s, %s", describe(value), errDuration)
		return
	}
	target.SetInt(int64(parsed))
}

func (d *decoder) size(target reflect.Value, value any, path string) {
	text, ok := scalar(value)
	parsed, err := ParseBytes(text)
	if !ok || err != nil {
		d.fail(path, "has %s, %s", describe(value), errSize)
		return
	}
	target.SetInt(int64(parsed))
}

// boolean also takes "true" and "false", which is what variables of the environment carry.
func (d *decoder) boolean(target reflect.Value, value any, path string) {
	text, _ := scalar(value)
	if text != "true" && text != "false" {
		d.fail(path, "has %s, must be true or false", describe(value))
		return
	}
	target.SetBool(text == "true")
}

func (d *decoder) number(target reflect.Value, value any, path string, tag reflect.StructTag) {
	text, ok := scalar(value)
	parsed, err := strconv.ParseFloat(text, 64)
	if !ok || err != nil || parsed != math.Trunc(parsed) || math.Abs(parsed) > 1<<53 {
		d.fail(path, "has %s, must be a whole number", describe(value))
		return
	}
	if least := tag.Get("min"); least != "" {
		if bound, _ := strconv.ParseFloat(least, 64); parsed < bound {
			d.fail(path, "has %s, must be at least %s", text, least)
			return
		}
	}
	if most := tag.Get("max"); most != "" {
		if bound, _ := strconv.ParseFloat(most, 64); parsed > bound {
			d.fail(path, "has %s, must be at most %s", text, most)
			return
		}
	}
	target.SetInt(int64(parsed))
}

func (d *decoder) text(target reflect.Value, value any, path string, tag reflect.StructTag) {
	text, ok := scalar(value)
	if !ok {
		d.fail(path, "has %s, must be a text", describe(value))
		return
	}
	if allowed := tag.Get("oneof"); allowed != "" && !contains(strings.Fields(allowed), text) {
		d.fail(path, "has %q, must be one of %s", text, strings.Join(strings.Fields(allowed), ", "))
		return
	}
	target.SetString(text)
}

// list takes a single value for a list of one, which is how variables of the environment give trust_proxy.
func (d *decoder) list(target reflect.Value, value any, path string) {
	elements, ok := value.([]any)
	if !ok {
		if _, isScalar := scalar(value); !isScalar || target.Type().Elem().Kind() == reflect.Struct {
			d.fail(path, "has %s, must be a list", describe(value))
			return
		}
		elements = []any{value}
	}
	filled := reflect.MakeSlice(target.Type(), len(elements), len(elements))
	for i, element := range elements {
		d.value(filled.Index(i), element, fmt.Sprintf("%s[%d]", path, i), "")
	}
	target.Set(filled)
}

// scalar answers the text of a value that is neither list nor section.
func scalar(value any) (string, bool) {
	switch typed := value.(type) {
	case string:
		return typed, true
	case bool:
		return strconv.FormatBool(typed), true
	case float64:
		return strconv.FormatFloat(typed, 'f', -1, 64), true
	case int, int64, uint64:
		return fmt.Sprint(typed), true
	case time.Time:
		return typed.Format(time.RFC3339), true
	}
	return "", false
}

func describe(value any) string {
	switch value.(type) {
	case map[string]any:
		return "a section"
	case []any:
		return "a list"
	}
	text, _ := scalar(value)
	return strconv.Quote(text)
}

func contains(list []string, text string) bool {
	for _, element := range list {
		if element == text {
			return true
		}
	}
	return false
}
