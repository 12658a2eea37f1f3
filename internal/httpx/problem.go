package httpx

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"vidilog/domain/kernel"
)

const (
	problemContentType = "application/problem+json; charset=utf-8"
	errorDocs          = "https://docs.joinpeertube.org/api-rest-reference.html#section/Errors/"
	operationDocs      = "https://docs.joinpeertube.org/api-rest-reference.html#operation/"
)

// Problem is an error answer after RFC 7807, with the members and the order that PeerTube's clients know.
type Problem struct {
	// Status is the HTTP status, also a member of the document.
	Status int
	// Code is PeerTube's internal code ("quota_reached"). With a code the document has its documentation as type and no
	// title; without, the type is about:blank and the title the reason phrase.
	Code string
	// Detail is a sentence for people, sent as "detail" and as "error", its name in 6.x.
	Detail string
	// Instance is the request's URL, sent with validation errors only.
	Instance string
	// Operation is the OpenAPI operation id that "docs" points to; empty leaves it out.
	Operation string
	// Members are further members, sent in the order of their names.
	Members map[string]any
	// InvalidParams say per parameter what is wrong with it.
	InvalidParams map[string]InvalidParam
	// RetryAfter in seconds becomes the header when positive.
	RetryAfter int
}

// InvalidParam is one entry of "invalid-params", in the shape of express-validator.
type InvalidParam struct {
	Type     string `json:"type"` // always "field"
	Value    any    `json:"value,omitempty"`
	Message  string `json:"msg"`
	Path     string `json:"path"`
	Location string `json:"location"` // body, params, query, headers or cookies
}

// statuses maps the kernel's codes to HTTP.
var statuses = map[kernel.Code]int{
	kernel.CodeInvalid:          http.StatusBadRequest,
	kernel.CodeUnauthenticated:  http.StatusUnauthorized,
	kernel.CodeForbidden:        http.StatusForbidden,
	kernel.CodeNotFound:         http.StatusNotFound,
	kernel.CodeConflict:         http.StatusConflict,
	kernel.CodeTooLarge:         http.StatusRequestEntityTooLarge,
	kernel.CodeUnsupportedMedia: http.StatusUnsupportedMediaType,
	kernel.CodeUnprocessable:    http.StatusUnprocessableEntity,
	kernel.CodeTooMany:          http.StatusTooManyRequests,
	kernel.CodeUnavailable:      http.StatusServiceUnavailable,
}

// Error makes a Problem usable as an error value, for the few answers the kernel's codes do not cover (501, 502).
func (p *Problem) Error() string { return p.Detail }

// Write answers a request with the problem document of an error. An error that is no refusal becomes 500 with a fixed
// sentence; what it really says goes to the log only.
func Write(w http.ResponseWriter, r *http.Request, err error) {
	if err == nil || (errors.Is(err, context.Canceled) && r.Context().Err() != nil) {
		return // nobody is listening any more
	}
	problem := ProblemOf(r, err)
	isMeant := problem.Status == http.StatusServiceUnavailable && !isDatabaseAway(err) || problem.Status == http.StatusNotImplemented
	if problem.Status >= http.StatusInternalServerError && !isMeant {
		slog.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	problem.write(w, r)
}

// ProblemOf translates an error. Refusals of several fields joined by errors.Join become one document.
func ProblemOf(r *http.Request, err error) *Problem {
	var problem *Problem
	if errors.As(err, &problem) {
		return problem
	}
	problem = &Problem{}
	problem.Operation, _ = r.Context().Value(operationKey{}).(string)
	if refusals := refusalsIn(err); len(refusals) > 0 {
		problem.fill(r, refusals)
		return problem
	}
	var tooLarge *http.MaxBytesError
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(err, &tooLarge):
		problem.Status, problem.Code = http.StatusRequestEntityTooLarge, "PayloadTooLargeError"
		problem.Detail = "request entity too large, the limit is " + strconv.FormatInt(tooLarge.Limit, 10) + " bytes"
	case errors.As(err, &syntax):
		problem.Status, problem.Code, problem.Detail = http.StatusBadRequest, "SyntaxError", "The body is not valid JSON: "+syntax.Error()
	case errors.As(err, &mismatch):
		problem.fill(r, []*kernel.Error{kernel.Invalid(mismatch.Field, "must be %s, is %s", mismatch.Type, mismatch.Value)})
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		problem.Status, problem.Detail = http.StatusInsufficientStorage, "The disk of the server is full. Please try again later."
	case isDatabaseAway(err):
		problem.Status, problem.RetryAfter = http.StatusServiceUnavailable, secondsOfRestart
		problem.Detail = "The database does not answer at the moment. Please try again in a few seconds."
	default:
		problem.Status, problem.Detail = http.StatusInternalServerError, "The server could not answer this request."
	}
	return problem
}

// secondsOfRestart is longer than a database usually takes to come back. Clients that send a file in parts go on after 503 and not
// after 500.
const secondsOfRestart = 5

// isDatabaseAway says that PostgreSQL could not be reached, or is about to go or to come.
func isDatabaseAway(err error) bool {
	var refused *pgconn.ConnectError
	var said *pgconn.PgError
	return errors.As(err, &refused) || errors.As(err, &said) && strings.HasPrefix(said.Code, "57P") // operator intervention
}

// refusalsIn lists the kernel's errors in a tree of wrapped and joined errors.
func refusalsIn(err error) []*kernel.Error {
	if refusal, ok := err.(*kernel.Error); ok { //nolint:errorlint // this function is the walk over the tree
		return []*kernel.Error{refusal}
	}
	switch wrapper := err.(type) { //nolint:errorlint // as above
	case interface{ Unwrap() []error }:
		var all []*kernel.Error
		for _, part := range wrapper.Unwrap() {
			all = append(all, refusalsIn(part)...)
		}
		return all
	case interface{ Unwrap() error }:
		return refusalsIn(wrapper.Unwrap())
	}
	return nil
}

func (p *Problem) fill(r *http.Request, refusals []*kernel.Error) {
	first := refusals[0]
	p.Status, p.Code, p.Detail, p.Members = statuses[first.Code], first.APICode, first.Detail, map[string]any{}
	if p.Status == 0 {
		p.Status = http.StatusBadRequest
	}
	for name, member := range first.Data {
		p.Members[name] = member
	}
	if seconds, ok := p.Members["retryAfter"].(int); ok {
		p.RetryAfter = seconds
		delete(p.Members, "retryAfter")
	}
	if first.Code != kernel.CodeInvalid || first.Field == "" || first.APICode != "" {
		return
	}
	p.Instance, p.InvalidParams = r.URL.RequestURI(), map[string]InvalidParam{}
	delete(p.Members, "location")
	delete(p.Members, "value")
	var names []string
	for _, refusal := range refusals {
		if refusal.Code != kernel.CodeInvalid || refusal.Field == "" || slices.Contains(names, refusal.Field) {
			continue
		}
		names = append(names, refusal.Field)
		p.InvalidParams[refusal.Field] = invalidParam(r, refusal)
	}
	p.Detail = "Incorrect request parameters: " + strings.Join(names, ", ")
}

// invalidParam takes the location from Data["location"]; without it a request with a body means its body, others the
// query. The value is Data["value"], or what was sent at that place.
func invalidParam(r *http.Request, refusal *kernel.Error) InvalidParam {
	location, known := refusal.Data["location"].(string)
	if !known {
		location = "query"
		if r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch {
			location = "body"
		}
	}
	value, known := refusal.Data["value"]
	if !known {
		value = sent(r, location, refusal.Field)
	}
	return InvalidParam{Type: "field", Value: value, Message: refusal.Detail, Path: refusal.Field, Location: location}
}

func (p *Problem) write(w http.ResponseWriter, r *http.Request) {
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if p.Status == http.StatusTooManyRequests {
		writeTooMany(w)
		return
	}
	body := p.encode()
	header := w.Header()
	// What a handler may have set for the answer it meant to give.
	header.Del("Content-Disposition")
	header.Del("Last-Modified")
	header.Set("Content-Type", problemContentType)
	header.Set("Etag", weakETag(body))
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// writeTooMany is the one error that is not a problem document: PeerTube's limiter answers this text as HTML.
func writeTooMany(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte("Too many requests, please try again later."))
}

// encode writes the members in PeerTube's order; encoding/json would sort a map by name.
func (p *Problem) encode() []byte {
	object := &orderedObject{}
	if p.Code != "" {
		object.add("type", errorDocs+p.Code)
	} else {
		object.add("type", "about:blank")
		object.add("title", http.StatusText(p.Status))
	}
	object.add("detail", p.Detail)
	if p.Instance != "" {
		object.add("instance", p.Instance)
	}
	object.add("status", p.Status)
	if len(p.InvalidParams) > 0 {
		object.add("invalid-params", p.InvalidParams)
	}
	names := make([]string, 0, len(p.Members))
	for name := range p.Members {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		object.add(name, p.Members[name])
	}
	if p.Operation != "" {
		object.add("docs", operationDocs+p.Operation)
	}
	if p.Code != "" {
		object.add("code", p.Code)
	}
	object.add("error", p.Detail)
	return object.bytes()
}

// orderedObject is a JSON object whose members keep the order in which they were added.
type orderedObject struct{ buffer bytes.Buffer }

func (o *orderedObject) add(name string, value any) {
	encoded, err := encodeJSON(value)
	if err != nil {
		encoded = []byte("null") // a member that cannot be encoded must not hide the error it belongs to
	}
	if o.buffer.Len() == 0 {
		o.buffer.WriteByte('{')
	} else {
		o.buffer.WriteByte(',')
	}
	key, _ := encodeJSON(name)
	o.buffer.Write(key)
	o.buffer.WriteByte(':')
	o.buffer.Write(encoded)
}

func (o *orderedObject) bytes() []byte {
	o.buffer.WriteByte('}')
	return o.buffer.Bytes()
}
