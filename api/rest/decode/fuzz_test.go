package decode_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"vidilog/api/rest/decode"
)

func storable(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			t.Fatalf("%q cannot be stored", text)
		}
	}
}

// getAll reads a member in every way; whatever comes out can be stored and sent.
func getAll(t *testing.T, f *decode.Fields, name string) {
	t.Helper()
	if v, _ := f.Text(name); v != nil {
		storable(t, *v)
	}
	list, _ := f.Texts(name)
	storable(t, list...)
	f.Int(name)
	f.Bool(name)
	f.Object(name)
	if at, _ := f.Time(name); at != nil {
		if _, err := json.Marshal(at); err != nil {
			t.Fatal(err)
		}
	}
	_ = f.Err()
}

func FuzzMultipart(f *testing.F) {
	f.Add([]byte(parts(part(`name="a"`, "x"), part(`name="f"; filename="b.mp4"`, "bytes"))))
	f.Add([]byte(parts(part(`name="a[0]"`, "x"), part(`name="a[k]"`, "y"))))
	f.Add([]byte("--B\r\n\r\n"))
	f.Add([]byte(parts(part(`name="f"; filename*=UTF-8''%00%ff`, "x"))))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", boundary)
		fields, err := decode.Multipart(r, func(u decode.Upload) error {
			storable(t, u.FileName)
			if strings.ContainsAny(u.FileName, `/\`) && u.FileName != "/" || len(u.FileName) > 255 {
				t.Fatalf("%q is no bare name", u.FileName)
			}
			_, err := io.Copy(io.Discard, u.Body)
			return err
		})
		if err != nil {
			return
		}
		for name := range fields.Values() {
			getAll(t, fields, name)
		}
	})
}

func FuzzSetForm(f *testing.F) {
	f.Add("a", "1", "a[0]", "2")
	f.Add("a[k]", "1", "a[]", "2")
	f.Add("a[", "1", "[]", "2")
	f.Add("a[99999999999999999999]", "1", "a[-1]", "2")
	f.Fuzz(func(t *testing.T, name, value, again, other string) {
		values := map[string]any{}
		_ = decode.SetForm(values, name, value)
		_ = decode.SetForm(values, again, other)
		fields := decode.NewFields(values)
		for name := range values {
			getAll(t, fields, name)
		}
	})
}

func FuzzFields(f *testing.F) {
	f.Add([]byte(`{"a":"x","b":[1,"y"],"c":{"d":null},"e":1e300,"f":"9999-12-31T23:59:59-23:00","g":"\u0000"}`))
	f.Add([]byte(`{"a":"\ud800"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		fields, err := decode.Body(httptest.NewRecorder(), r)
		if err != nil {
			return
		}
		for name := range fields.Values() {
			getAll(t, fields, name)
		}
	})
}
