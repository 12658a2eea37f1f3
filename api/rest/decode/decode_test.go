package decode_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
)

func request(kind, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

func body(kind, text string) (*decode.Fields, error) {
	return decode.Body(httptest.NewRecorder(), request(kind, text))
}

func values(kind, text string) map[string]any {
	f, err := body(kind, text)
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	return f.Values()
}

const form = "application/x-www-form-urlencoded"

var _ = Describe("A body", func() {
	It("is read alike as JSON and as a form", func() {
		asJSON, asForm := values("application/json", `{"name":"a","tags":["x","y"],"o":{"k":"v"}}`), values(form, "name=a&tags[]=x&tags[]=y&o[k]=v")
		Expect(asJSON).To(Equal(asForm))
	})
	DescribeTable("may be missing", func(kind, text string) { Expect(values(kind, text)).To(BeEmpty()) },
		Entry("altogether", "", ""), Entry("as JSON", "application/json", ""), Entry("as null", "application/json", "null"),
		Entry("as something else", "text/plain", "hello"))
	DescribeTable("is refused", func(kind, text string) {
		_, err := body(kind, text)
		Expect(err).To(HaveOccurred())
	},
		Entry("cut off", "application/json", `{"a":`), Entry("as a list", "application/json", `[1]`), Entry("as nonsense", "application/json", "x"),
		Entry("too long", "application/json", `{"a":"`+strings.Repeat("x", decode.MaxJSON)+`"}`),
		Entry("as a form too long", form, "a="+strings.Repeat("x", decode.MaxJSON)),
		Entry("as a form with a bad name", form, "a[b=c"), Entry("as multipart without a boundary", "multipart/form-data", ""))
})

var _ = Describe("Fields", func() {
	fields := func(v any) *decode.Fields { return decode.NewFields(map[string]any{"f": v}) }

	DescribeTable("convert", func(v any, get func(*decode.Fields) any, expected any) {
		f := fields(v)
		Expect(get(f)).To(Equal(expected))
		Expect(f.Err()).NotTo(HaveOccurred())
	},
		Entry("texts", "a", text, "a"), Entry("numbers to texts", 1.5, text, "1.5"), Entry("texts without zero bytes", "a\x00b\xff", text, "ab\uFFFD"),
		Entry("null to none", nil, text, none), Entry("the text null to none", "null", text, none),
		Entry("numbers", 3.0, number, 3), Entry("texts to numbers", "-3", number, -3), Entry("an empty text to no number", "", number, none),
		Entry("truth", true, truth, true), Entry("its texts", "false", truth, false), Entry("its numbers", 1.0, truth, true), Entry("none", "", truth, none),
		Entry("lists", []any{"a", "b\x00"}, list, []string{"a", "b"}), Entry("a single text to a list", "a", list, []string{"a"}),
		Entry("moments", "2026-11-20T12:00:00.1239+01:00", moment, time.Date(2026, 11, 20, 11, 0, 0, 123e6, time.UTC)),
		Entry("days", "2026-11-20", moment, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)),
	)
	DescribeTable("refuse", func(v any, get func(*decode.Fields) any) {
		f := fields(v)
		Expect(get(f)).To(Equal(none))
		Expect(f.Err()).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "f"}))
	},
		Entry("a list as a text", []any{"a"}, text), Entry("an object as a text", map[string]any{}, text),
		Entry("a half", 1.5, number), Entry("a number beyond 2⁵³", 1e300, number), Entry("words as a number", "three", number), Entry("truth as a number", true, number),
		Entry("2 as truth", 2.0, truth), Entry("a list as truth", []any{}, truth), Entry("words as truth", "maybe", truth),
		Entry("numbers in a list", []any{1.0}, list), Entry("an object as a list", map[string]any{}, list),
		Entry("words as a moment", "noon", moment), Entry("a moment beyond the year 9999", "9999-12-31T23:59:59-23:00", moment),
	)
	It("tell what is there from what is not", func() {
		f := fields(nil)
		_, given := f.Text("f")
		Expect(given).To(BeTrue())
		_, given = f.Text("g")
		Expect(given).To(BeFalse())
	})
	It("collect all mistakes", func() {
		f := decode.NewFields(map[string]any{"a": 1.5, "b": "x"})
		f.Int("a")
		f.Bool("b")
		Expect(f.Err()).To(MatchError(And(ContainSubstring("a: "), ContainSubstring("b: "))))
	})
	It("read nested objects", func() {
		nested, given := fields(map[string]any{"k": "v"}).Object("f")
		Expect(given).To(BeTrue())
		Expect(text2(nested, "k")).To(Equal("v"))
		f := fields("x")
		nested, _ = f.Object("f")
		Expect(nested).To(BeNil())
		Expect(f.Err()).To(HaveOccurred())
	})
})

func deref[T any](v *T) any {
	if v == nil {
		return none
	}
	return *v
}

// none stands for no value.
const none = "(none)"

func text(f *decode.Fields) any   { v, _ := f.Text("f"); return deref(v) }
func number(f *decode.Fields) any { v, _ := f.Int("f"); return deref(v) }
func truth(f *decode.Fields) any  { v, _ := f.Bool("f"); return deref(v) }
func moment(f *decode.Fields) any { v, _ := f.Time("f"); return deref(v) }
func list(f *decode.Fields) any {
	if v, _ := f.Texts("f"); v != nil {
		return v
	}
	return none
}
func text2(f *decode.Fields, name string) any { v, _ := f.Text(name); return deref(v) }

const boundary = "multipart/form-data; boundary=B"

func parts(list ...string) string {
	return "--B\r\n" + strings.Join(list, "\r\n--B\r\n") + "\r\n--B--\r\n"
}

func part(disposition, content string) string {
	return "Content-Disposition: form-data; " + disposition + "\r\n\r\n" + content
}

var _ = Describe("Multipart", func() {
	It("streams files to the sink and keeps the fields", func() {
		var got decode.Upload
		var content []byte
		f, err := decode.Multipart(request(boundary, parts(part(`name="name"`, "A film"), part(`name="videofile"; filename="C:\\films\\a.mp4"`, "bytes"))), func(u decode.Upload) error {
			var err error
			got, content = u, nil
			content, err = io.ReadAll(u.Body)
			return err
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(text2(f, "name")).To(Equal("A film"))
		Expect(got).To(And(HaveField("Field", "videofile"), HaveField("FileName", "a.mp4")))
		Expect(string(content)).To(Equal("bytes"))
	})
	DescribeTable("is refused", func(code kernel.Code, text string) {
		_, err := decode.Multipart(request(boundary, text), nil)
		Expect(kernel.CodeOf(err)).To(Equal(code))
	},
		Entry("with a file nobody asked for", kernel.CodeInvalid, parts(part(`name="f"; filename="a"`, "x"))),
		Entry("with a part without a name", kernel.CodeInvalid, parts(part(`filename="a"`, "x"))),
		Entry("cut off", kernel.CodeInvalid, strings.TrimSuffix(parts(part(`name="a"`, "x")), "--B--\r\n")),
		Entry("with a field of more than 1 MiB", kernel.CodeInvalid, parts(part(`name="a"`, strings.Repeat("x", 1<<20+1)))),
		Entry("with more than 500 parts", kernel.CodeTooLarge, parts(slicesRepeat(part(`name="a"`, "x"), 501)...)),
	)
	It("passes on what the sink says", func() {
		full := errors.New("disk full")
		_, err := decode.Multipart(request(boundary, parts(part(`name="f"; filename="a"`, "x"))), func(decode.Upload) error { return full })
		Expect(err).To(MatchError(full))
	})
})

func slicesRepeat(s string, n int) []string {
	return strings.Split(strings.TrimSuffix(strings.Repeat(s+"\x01", n), "\x01"), "\x01")
}

var _ = Describe("Parameters", func() {
	query := func(text string) *decode.Query {
		return decode.QueryOf(&http.Request{URL: &url.URL{RawQuery: text}})
	}
	DescribeTable("page", func(text string, start, count int, fits bool) {
		q := query(text)
		gotStart, gotCount := q.Page()
		if fits {
			Expect([]int{gotStart, gotCount}).To(Equal([]int{start, count}))
			Expect(q.Err()).NotTo(HaveOccurred())
			return
		}
		Expect(kernel.CodeOf(q.Err())).To(Equal(kernel.CodeInvalid))
	},
		Entry("by default", "", 0, 15, true), Entry("as asked", "start=5&count=100", 5, 100, true), Entry("for the total only", "count=0", 0, 0, true),
		Entry("no more than 100", "count=101", 0, 0, false), Entry("not before the start", "start=-1", 0, 0, false), Entry("not by words", "count=x", 0, 0, false),
	)
	It("sort by what is known", func() {
		field, ascending := query("sort=-name").Sort("-publishedAt", "name", "publishedAt")
		Expect([]any{field, ascending}).To(Equal([]any{"name", false}))
		field, ascending = query("").Sort("-publishedAt", "name", "publishedAt")
		Expect([]any{field, ascending}).To(Equal([]any{"publishedAt", false}))
		q := query("sort=drop")
		q.Sort("-publishedAt", "name")
		Expect(q.Err()).To(HaveOccurred())
	})
	It("hold lists in all three forms, and no zero bytes", func() {
		Expect(query("a=1&a=2&a[]=3&a[0]=4").Texts("a")).To(Equal([]string{"1", "2", "3", "4"}))
		Expect(query("a=x%00y").Text("a")).To(Equal("xy"))
		Expect(query("a=1&a=2").Ints("a")).To(Equal([]int{1, 2}))
		q := query(strings.Repeat("a=1&", 101))
		Expect(q.Texts("a")).To(BeNil())
		Expect(q.Err()).To(HaveOccurred())
	})
})
