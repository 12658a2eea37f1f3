package domaintest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// dump writes a value with all its fields, one per line, unexported ones too, so that two values can be compared and their
// difference shown. Nil and empty lists look alike, as they do in the log.
func dump(value any) string {
	var b strings.Builder
	write(&b, "", "", reflect.ValueOf(value))
	return b.String()
}

func write(b *strings.Builder, indent, label string, v reflect.Value) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			fmt.Fprintf(b, "%s%snil\n", indent, label)
			return
		}
		v = v.Elem()
	}
	if !v.IsValid() {
		fmt.Fprintf(b, "%s%snil\n", indent, label)
		return
	}
	if text, ok := short(v); ok {
		fmt.Fprintf(b, "%s%s%s\n", indent, label, text)
		return
	}
	below := indent + "  "
	switch v.Kind() {
	case reflect.Struct:
		fmt.Fprintf(b, "%s%s%s\n", indent, label, v.Type())
		for i := range v.NumField() {
			write(b, below, v.Type().Field(i).Name+": ", v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		fmt.Fprintf(b, "%s%s%d of %s\n", indent, label, v.Len(), v.Type())
		for i := range v.Len() {
			write(b, below, "- ", v.Index(i))
		}
	case reflect.Map:
		fmt.Fprintf(b, "%s%s%d of %s\n", indent, label, v.Len(), v.Type())
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(fmt.Sprint(x), fmt.Sprint(y)) })
		for _, k := range keys {
			write(b, below, fmt.Sprint(k)+": ", v.MapIndex(k))
		}
	default:
		fmt.Fprintf(b, "%s%s%v\n", indent, label, v)
	}
}

// short writes what people read at a glance: moments, identifiers, texts and bytes.
func short(v reflect.Value) (string, bool) {
	if v.CanInterface() {
		switch known := v.Interface().(type) {
		case time.Time:
			return known.UTC().Format(time.RFC3339Nano), true
		case fmt.Stringer:
			return known.String(), true
		}
	}
	switch {
	case v.Kind() == reflect.String:
		return fmt.Sprintf("%q", v.String()), true
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return fmt.Sprintf("%q", v.Bytes()), true
	}
	return "", false
}

// diff shows two texts line by line: "- " only in the first, "+ " only in the second.
func diff(first, second string) string {
	a, b := strings.Split(strings.TrimSuffix(first, "\n"), "\n"), strings.Split(strings.TrimSuffix(second, "\n"), "\n")
	common := make([][]int, len(a)+1) // common[i][j] is the longest common part of a[i:] and b[j:]
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out strings.Builder
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out.WriteString("  " + a[i] + "\n")
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out.WriteString("- " + a[i] + "\n")
			i++
		default:
			out.WriteString("+ " + b[j] + "\n")
			j++
		}
	}
	return out.String()
}
