package contract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"vidilog/test/e2e/instance"
)

// Document is an OpenAPI document that answers are held against.
type Document struct {
	spec   *openapi3.T
	router routers.Router
}

// A page of text is a text: the library knows how to read text/plain only.
func init() { openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.FileBodyDecoder) }

// Load reads a document, which need not be sound in all its parts: PeerTube's has arrays without items.
func Load(file string) (*Document, error) {
	spec, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if spec.Components != nil {
		for _, schema := range spec.Components.Schemas {
			plainPatterns(schema, map[*openapi3.Schema]bool{})
		}
	}
	spec.Servers = nil // the instance is somewhere else every time
	router, err := gorillamux.NewRouter(spec)
	return &Document{spec: spec, router: router}, err
}

// plainPatterns takes the slashes off patterns that are written as in JavaScript, /like this/.
func plainPatterns(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	s := ref.Value
	seen[s] = true
	if inside, begins := strings.CutPrefix(s.Pattern, "/"); begins {
		s.Pattern = strings.TrimSuffix(inside, "/")
	}
	plainPatterns(s.Items, seen)
	for _, member := range s.Properties {
		plainPatterns(member, seen)
	}
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf} {
		for _, part := range list {
			plainPatterns(part, seen)
		}
	}
}

// Validate says what is wrong with the document itself.
func (d *Document) Validate(ctx context.Context) error { return d.spec.Validate(ctx) }

// Operations lists what the document describes, as METHOD /path.
func (d *Document) Operations() map[string]*openapi3.Operation {
	list := map[string]*openapi3.Operation{}
	for path, item := range d.spec.Paths.Map() {
		for method, operation := range item.Operations() {
			list[method+" "+path] = operation
		}
	}
	return list
}

// ErrNotDescribed says that the document knows no such operation.
var ErrNotDescribed = errors.New("not described")

// Check says how an answer differs from what the document promises; nil for not at all.
func (d *Document) Check(ctx context.Context, x instance.Exchange) error {
	address, err := url.Parse(x.Path)
	if err != nil {
		return err
	}
	request := &http.Request{Method: x.Method, URL: address, Header: http.Header{}, Host: "localhost"}
	route, variables, err := d.router.FindRoute(request)
	if err != nil {
		return fmt.Errorf("%s %s: %w", x.Method, address.Path, ErrNotDescribed)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: request, PathParams: variables, Route: route},
		Status:                 x.Answer.Status, Header: x.Answer.Header, Body: io.NopCloser(bytes.NewReader(x.Answer.Body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	if err := openapi3filter.ValidateResponse(ctx, input); err != nil {
		return &Deviation{Operation: x.Method + " " + route.Path, Status: x.Answer.Status, Findings: findings(err)}
	}
	return nil
}

// Deviation is an answer that is not as described.
type Deviation struct {
	// Operation is METHOD and the path's template.
	Operation string
	Status    int
	// Findings are what differs, each as "/place: what", without the values.
	Findings []string
}

// Error names the operation and all findings.
func (d *Deviation) Error() string {
	return fmt.Sprintf("%s answered %d not as described:\n  %s", d.Operation, d.Status, strings.Join(d.Findings, "\n  "))
}

func findings(err error) []string {
	var several openapi3.MultiError
	if errors.As(err, &several) {
		var list []string
		for _, one := range several {
			list = append(list, findings(one)...)
		}
		return list
	}
	var schema *openapi3.SchemaError
	if errors.As(err, &schema) {
		place := schema.JSONPointer()
		for i, segment := range place {
			if _, err := strconv.Atoi(segment); err == nil {
				place[i] = "*" // any element
			}
		}
		return []string{"/" + strings.Join(place, "/") + ": " + schema.Reason}
	}
	var response *openapi3filter.ResponseError
	if errors.As(err, &response) && response.Err == nil {
		return []string{response.Reason}
	}
	return []string{err.Error()}
}
