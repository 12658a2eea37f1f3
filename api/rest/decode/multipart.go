package decode

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"

	"vidilog/domain/kernel"
)

// Limits of a multipart body besides its files, which the sink bounds.
const (
	maxParts      = 500
	maxFieldBytes = 1 << 20
	maxNameBytes  = 255
)

// Upload is one file of a multipart body while it streams by.
type Upload struct {
	// Field is the form's name for it: "videofile".
	Field string
	// FileName is the bare name it had at the client's, without any folder.
	FileName string
	// ContentType as the client says, lower case and without parameters.
	ContentType string
	Body        io.Reader
}

// Sink takes a file; it reads Body to the end or answers an error.
type Sink func(u Upload) error

// Multipart reads a multipart/form-data body part by part. Files go to sink as they come in, so that nothing is held in
// memory; a file is refused when sink is nil.
func Multipart(r *http.Request, sink Sink) (*Fields, error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, kernel.Refuse(kernel.CodeInvalid, "The body must be multipart/form-data with a boundary.")
	}
	fields := remembered(r, map[string]any{})
	for parts := 0; ; parts++ {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return fields, nil
		}
		if err != nil {
			return nil, broken(err)
		}
		if parts >= maxParts {
			return nil, kernel.Refuse(kernel.CodeTooLarge, "The form has more than %d parts.", maxParts)
		}
		if err := fields.take(part, sink); err != nil {
			return nil, err
		}
	}
}

// take reads one part.
func (f *Fields) take(part *multipart.Part, sink Sink) error {
	name := part.FormName()
	if name == "" || len(name) > maxNameBytes {
		return kernel.Refuse(kernel.CodeInvalid, "A part of the form has no name, or one of more than %d bytes.", maxNameBytes)
	}
	if fileName, isFile := clientFileName(part); isFile {
		if sink == nil {
			return kernel.Invalid(name, "is a file, which is not expected here")
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		return sink(Upload{Field: name, FileName: fileName, ContentType: strings.ToLower(kind), Body: readable{part}})
	}
	value, err := io.ReadAll(io.LimitReader(part, maxFieldBytes+1))
	if err != nil {
		return broken(err)
	}
	if len(value) > maxFieldBytes {
		return kernel.Invalid(name, "is longer than %d bytes", maxFieldBytes)
	}
	return setForm(f.values, name, strings.ToValidUTF8(string(value), "\uFFFD"))
}

// clientFileName answers the name of a file part without folders, as some clients send them.
func clientFileName(part *multipart.Part) (string, bool) {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return "", false
	}
	name, isFile := params["filename"]
	name = filepath.Base(strings.ReplaceAll(kernel.CleanText(name), `\`, "/"))
	if len(name) > maxNameBytes {
		extension := filepath.Ext(name)
		if len(extension) > 16 {
			extension = ""
		}
		name = strings.ToValidUTF8(name[:maxNameBytes-len(extension)], "") + extension
	}
	return name, isFile
}

// readable marks errors of the network as the client's, so that they are not taken for a full disk.
type readable struct{ body io.Reader }

func (r readable) Read(p []byte) (int, error) {
	n, err := r.body.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = broken(err)
	}
	return n, err
}

// broken is a body that ends early or does not follow its boundary.
func broken(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return kernel.Refuse(kernel.CodeInvalid, "The body of the request is not whole: %v", err)
}
