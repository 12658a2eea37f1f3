package decode_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"vidilog/api/rest/decode"
)

// FuzzQuery: whatever stands behind the question mark, the getters answer what can be stored, within its limits, or note a mistake.
func FuzzQuery(f *testing.F) {
	for _, text := range []string{
		"start=5&count=100&sort=-name&a=1&a[]=2&a[0]=3", "start=-1&count=101", "a=%00%ff", "a[0]=1&a[1]=x", "a=9999-12-31T23:59:59-23:00", "a=null", "a;b=c", "%zz=1",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := decode.QueryOf(&http.Request{URL: &url.URL{RawQuery: text}})
		if start, count := q.Page(); q.Err() == nil && (start < 0 || count < 0 || count > 100) {
			t.Fatalf("%q: page from %d, %d long", text, start, count)
		}
		names := []string{"a"}
		parsed, _ := url.ParseQuery(text)
		for name := range parsed {
			names = append(names, name)
		}
		for _, name := range names {
			storable(t, q.Text(name), q.OneOf(name, "x"))
			list := q.Texts(name)
			storable(t, list...)
			if len(list) > 100 {
				t.Fatalf("%q: %d elements", text, len(list))
			}
			q.Ints(name)
			q.Int(name)
			q.Bool(name)
			if at := q.Time(name); at != nil {
				if _, err := json.Marshal(at); err != nil {
					t.Fatal(err)
				}
			}
		}
		if field, _ := q.Sort("-name", "name", "publishedAt"); field != "" && field != "name" && field != "publishedAt" {
			t.Fatalf("%q sorts by %q", text, field)
		}
		_ = q.Err()
	})
}
