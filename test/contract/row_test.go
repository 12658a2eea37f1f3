package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"path/filepath"
	"slices"
	"strings"

	"vidilog/test/e2e/instance"
)

// role is a kind of person that asks.
type role int

// The roles. The things that rows are about belong to the owner, an ordinary user; the stranger is another.
const (
	anonymous role = iota
	stranger
	owner
	moderator
	administrator
	roles
)

func (r role) String() string {
	return [...]string{"anonymous", "stranger", "owner", "moderator", "administrator"}[r]
}

// row is one route: how it is asked for in a way that would succeed, and what each role is answered.
type row struct {
	method, path string
	// what tells rows of the same route apart.
	what   string
	expect [roles]int
	query  string
	// values fill the variables of path, query, header and body, {name}, in order; each is asked for anew for each role.
	values []named
	body   func(*world) (io.Reader, string)
	header []string
}

// named is the value of a variable.
type named struct {
	name  string
	makes value
}

// value makes what a variable stands for, new where the row uses it up.
type value func(ctx context.Context, w *world) (string, error)

// all is a row that answers everybody the same.
func all(status int) [roles]int { return [roles]int{status, status, status, status, status} }

// users is a row for anybody who has logged in.
func users(status int) [roles]int {
	return [roles]int{http.StatusUnauthorized, status, status, status, status}
}

// owners is a row for the owner and those who stand above.
func owners(status int) [roles]int {
	return [roles]int{http.StatusUnauthorized, http.StatusForbidden, status, status, status}
}

// moderators is a row for moderators and administrators.
func moderators(status int) [roles]int {
	return [roles]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusForbidden, status, status}
}

// administrators is a row for administrators.
func administrators(status int) [roles]int {
	return [roles]int{
		http.StatusUnauthorized, http.StatusForbidden, http.StatusForbidden, http.StatusForbidden, status,
	}
}

// route begins a row.
func route(method, path string, expect [roles]int) row {
	return row{method: method, path: path, expect: expect}
}

func (r row) called(what string) row { r.what = what; return r }

func (r row) asking(query string) row { r.query = "?" + query; return r }

func (r row) saying(header ...string) row { r.header = header; return r }

func (r row) with(name string, v value) row {
	r.values = append(slices.Clone(r.values), named{name, v})
	return r
}

// json gives the row a body.
func (r row) json(text string) row {
	r.body = func(*world) (io.Reader, string) { return strings.NewReader(text), "application/json" }
	return r
}

// types are those of the files that rows send.
var types = map[string]string{".jpg": "image/jpeg", ".mp4": "video/mp4", ".vtt": "text/vtt"}

// form gives the row a multipart body of fields as pairs and one file.
func (r row) form(field, name string, content func(*world) []byte, fields ...string) row {
	r.body = func(w *world) (io.Reader, string) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for n := 0; n+1 < len(fields); n += 2 {
			_ = m.WriteField(fields[n], fields[n+1]) // a buffer takes everything
		}
		part, _ := m.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name=%q; filename=%q`, field, name)},
			"Content-Type":        {types[filepath.Ext(name)]},
		})
		_, _ = part.Write(content(w))
		_ = m.Close()
		return &b, m.FormDataContentType()
	}
	return r
}

// String names the row.
func (r row) String() string {
	return strings.TrimSpace(r.method + " " + r.path + " " + r.what)
}

// operation is the row's route.
func (r row) operation() string { return r.method + " " + r.path }

// ask sends the row in the name of a role.
func (r row) ask(ctx context.Context, w *world, as role) (instance.Answer, error) {
	path, body := r.path+r.query, io.Reader(nil)
	header := slices.Clone(r.header)
	w.asking = as
	var text []byte
	if r.body != nil {
		reader, contentType := r.body(w)
		header = append([]string{"Content-Type", contentType}, header...)
		var err error
		if text, err = io.ReadAll(reader); err != nil {
			return instance.Answer{}, err
		}
	}
	for _, v := range r.values {
		filled, err := v.makes(ctx, w)
		if err != nil {
			return instance.Answer{}, fmt.Errorf("make {%s}: %w", v.name, err)
		}
		variable := "{" + v.name + "}"
		path = strings.ReplaceAll(path, variable, filled)
		text = bytes.ReplaceAll(text, []byte(variable), []byte(filled))
		for n, said := range header {
			header[n] = strings.ReplaceAll(said, variable, filled)
		}
	}
	if r.body != nil {
		body = bytes.NewReader(text)
	}
	return w.clients[as].Do(ctx, r.method, path, body, header...)
}

// decode reads an answer of 200 into a value.
func decode[T any](answer instance.Answer, err error) (T, error) {
	var v T
	if err != nil {
		return v, err
	}
	if answer.Status != http.StatusOK {
		return v, fmt.Errorf("answered %d: %s", answer.Status, answer.Body)
	}
	return v, json.Unmarshal(answer.Body, &v)
}
