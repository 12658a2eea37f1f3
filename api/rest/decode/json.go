package decode

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
)

// MaxJSON bounds a JSON body, in bytes; PeerTube's limit.
const MaxJSON = 100 << 10

// Body reads a JSON or form body without files. A request without a body has no fields.
func Body(w http.ResponseWriter, r *http.Request) (*Fields, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case kind == "multipart/form-data":
		return Multipart(r, nil)
	case kind == "application/x-www-form-urlencoded":
		return form(w, r)
	case r.ContentLength == 0, kind != "" && kind != "application/json" && !strings.HasSuffix(kind, "+json"):
		return &Fields{values: map[string]any{}}, nil
	}
	var values map[string]any
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, MaxJSON))
	err := decoder.Decode(&values)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = kernel.Refuse(kernel.CodeInvalid, "The body ends in the middle of its JSON.").WithAPICode("SyntaxError")
	}
	if err != nil {
		return nil, err
	}
	if values == nil {
		values = map[string]any{}
	}
	return remembered(r, values), nil
}

// remembered are fields that refusals can repeat.
func remembered(r *http.Request, values map[string]any) *Fields {
	httpx.Remember(r, values)
	return &Fields{values: values}
}

func form(w http.ResponseWriter, r *http.Request) (*Fields, error) {
	r.Body = http.MaxBytesReader(w, r.Body, MaxJSON)
	if err := r.ParseForm(); err != nil {
		return nil, kernel.Refuse(kernel.CodeInvalid, "The form cannot be read: %v", err)
	}
	values := map[string]any{}
	for name, list := range r.PostForm {
		for _, value := range list {
			if err := setForm(values, name, value); err != nil {
				return nil, err
			}
		}
	}
	return remembered(r, values), nil
}
