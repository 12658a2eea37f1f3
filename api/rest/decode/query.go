package decode

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"vidilog/domain/kernel"
)

// Query are the parameters of a URL; like Fields, its getters collect what is wrong.
type Query struct {
	values url.Values
	errs   []error
}

// QueryOf reads a request's parameters.
func QueryOf(r *http.Request) *Query { return &Query{values: r.URL.Query()} }

// NoQuery are no parameters.
func NoQuery() *Query { return &Query{values: url.Values{}} }

// Err answers everything that getters found wrong, nil for nothing.
func (q *Query) Err() error { return errors.Join(q.errs...) }

// Refuse notes that a parameter is wrong.
func (q *Query) Refuse(name, message string) {
	e := kernel.Invalid(name, "%s", message)
	e.Data = map[string]any{"location": "query", "value": q.values.Get(name)}
	q.errs = append(q.errs, e)
}

// Has says that a parameter is there and not empty.
func (q *Query) Has(name string) bool { return q.values.Get(name) != "" }

// Text answers a text, empty for none.
func (q *Query) Text(name string) string { return kernel.CleanText(q.values.Get(name)) }

// Limits of pages; PeerTube's (PAGINATION.GLOBAL).
const (
	defaultCount = 15
	maxCount     = 100
)

// Page answers start and count. A count of 0 asks for the total only.
func (q *Query) Page() (start, count int) {
	start, count = 0, defaultCount
	if q.Has("start") {
		n, err := strconv.Atoi(q.Text("start"))
		if err != nil || n < 0 {
			q.Refuse("start", "Should have a number start")
		}
		start = n
	}
	if q.Has("count") {
		n, err := strconv.Atoi(q.Text("count"))
		if err != nil || n < 0 || n > maxCount {
			q.Refuse("count", "Should have a number count (max: 100)")
		}
		count = n
	}
	return start, count
}

// Sort answers the field and direction of an order among those known; otherwise is the default, such as "-publishedAt".
func (q *Query) Sort(otherwise string, known ...string) (field string, ascending bool) {
	text := q.Text("sort")
	if text == "" {
		text = otherwise
	}
	field, descending := strings.CutPrefix(text, "-")
	for _, k := range known {
		if k == field {
			return field, !descending
		}
	}
	q.Refuse("sort", "Invalid value")
	return "", false
}

// Bool answers a truth value, nil for none. Whatever is not said to be false is true, as in PeerTube.
func (q *Query) Bool(name string) *bool {
	text := q.Text(name)
	if text == "" {
		return nil
	}
	if text == "null" {
		q.Refuse(name, "Should be a boolean")
		return nil
	}
	value := text != "false" && text != "0"
	return &value
}

// OneOf answers one of the known texts, empty for none.
func (q *Query) OneOf(name string, known ...string) string {
	text := q.Text(name)
	if text != "" && !slices.Contains(known, text) {
		q.Refuse(name, "Should be one of "+strings.Join(known, ", "))
		return ""
	}
	return text
}

// Time answers a moment, nil for none.
func (q *Query) Time(name string) *time.Time {
	if !q.Has(name) {
		return nil
	}
	at, ok := moment(q.Text(name))
	if !ok {
		q.Refuse(name, "Should have a date that conforms to ISO 8601")
		return nil
	}
	return &at
}

// Int answers a whole number, nil for none.
func (q *Query) Int(name string) *int {
	if !q.Has(name) {
		return nil
	}
	n, err := strconv.Atoi(q.Text(name))
	if err != nil {
		q.Refuse(name, "Should be a number")
		return nil
	}
	return &n
}

// maxList bounds lists in URLs.
const maxList = 100

// Texts answers a list: name=a&name=b, name[]=a or a single value.
func (q *Query) Texts(name string) []string {
	var list []string
	for _, key := range []string{name, name + "[]"} {
		for _, value := range q.values[key] {
			if value != "" {
				list = append(list, kernel.CleanText(value))
			}
		}
	}
	for i := 0; i < maxList && q.values.Has(name+"["+strconv.Itoa(i)+"]"); i++ {
		list = append(list, q.Text(name+"["+strconv.Itoa(i)+"]"))
	}
	if len(list) > maxList {
		q.Refuse(name, "Should have at most 100 elements")
		return nil
	}
	return list
}

// Ints answers a list of whole numbers.
func (q *Query) Ints(name string) []int {
	var list []int
	for _, text := range q.Texts(name) {
		n, err := strconv.Atoi(text)
		if err != nil {
			q.Refuse(name, "Should be numbers")
			return nil
		}
		list = append(list, n)
	}
	return list
}

// Without are the same parameters but some; what is found wrong with them is noted apart.
func (q *Query) Without(names ...string) *Query {
	rest := maps.Clone(q.values)
	for _, name := range names {
		rest.Del(name)
		rest.Del(name + "[]")
	}
	return &Query{values: rest}
}

// Given says that a parameter is there, be it empty.
func (q *Query) Given(name string) bool {
	if q.values.Has(name) || q.values.Has(name+"[]") {
		return true
	}
	return q.values.Has(name + "[0]")
}
