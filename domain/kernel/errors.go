package kernel

import (
	"errors"
	"fmt"
)

// Code is the machine-readable reason of a refusal. There are few: each maps to one HTTP status at the edge.
type Code string

// The reasons a command can be refused for, with the HTTP status the edge gives them.
const (
	CodeInvalid          Code = "invalid"           // 400: a field is wrong
	CodeUnauthenticated  Code = "unauthenticated"   // 401: nobody, or an unusable credential
	CodeForbidden        Code = "forbidden"         // 403: not this actor
	CodeNotFound         Code = "not_found"         // 404
	CodeConflict         Code = "conflict"          // 409: a name is taken, a state forbids it, a version is stale
	CodeTooLarge         Code = "too_large"         // 413: file size, quota
	CodeUnsupportedMedia Code = "unsupported_media" // 415
	CodeUnprocessable    Code = "unprocessable"     // 422: a file that cannot be read as what it claims to be
	CodeTooMany          Code = "too_many"          // 429
	CodeUnavailable      Code = "unavailable"       // 503: try again
)

// Error is a refusal with a reason for machines and one for people. Everything else an error could say (a database
// message, a stack) stays in the log.
type Error struct {
	Code   Code
	Field  string // the parameter that is wrong, when one is
	Detail string // a sentence for people
	// APICode is PeerTube's own code where it has one ("quota_reached", "invalid_grant", …); empty otherwise.
	APICode string
	// Data holds further members of the problem document.
	Data map[string]any
}

func (e *Error) Error() string {
	if e.Field != "" {
		return e.Field + ": " + e.Detail
	}
	return e.Detail
}

// Is matches errors of the same code, so that errors.Is(err, &Error{Code: CodeNotFound}) works.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && (t.Field == "" || t.Field == e.Field) && (t.Detail == "" || t.Detail == e.Detail)
}

// WithAPICode sets PeerTube's code.
func (e *Error) WithAPICode(code string) *Error { c := *e; c.APICode = code; return &c }

// Refuse makes an error of any code.
func Refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Detail: fmt.Sprintf(format, args...)}
}

// Invalid says which field is wrong and what would be right.
func Invalid(field, format string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Field: field, Detail: fmt.Sprintf(format, args...)}
}

// NotFound says what is missing.
func NotFound(format string, args ...any) *Error { return Refuse(CodeNotFound, format, args...) }

// Forbidden says why this actor may not.
func Forbidden(format string, args ...any) *Error { return Refuse(CodeForbidden, format, args...) }

// Conflict says what stands against it.
func Conflict(format string, args ...any) *Error { return Refuse(CodeConflict, format, args...) }

// CodeOf answers the code of a refusal anywhere in the chain, or "" when err is no refusal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
