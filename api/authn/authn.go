// Package authn tells who sends a request: the person behind a bearer token, or nobody.
//
// It may import commands, domain/… and internal. Read authn.go.
package authn

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/trace"

	"vidilog/commands"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/tokens"
)

type (
	callerKey struct{}
	tokenKey  struct{}
)

// Authenticator checks bearer tokens.
type Authenticator struct {
	Tokens *tokens.Store
	Users  *commandsuser.Handlers
}

// Middleware puts the caller into the request's context. A token that is not valid is refused even where none is needed, as
// PeerTube does: a client must learn that its session has ended.
func (a *Authenticator) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, token, err := a.identify(r)
		if err != nil {
			httpx.Write(w, r, err)
			return
		}
		caller.Address, caller.UserAgent = httpx.ClientIP(r).String(), r.UserAgent()
		caller.CommandID = r.Header.Get("Idempotency-Key")
		if id := trace.SpanContextFromContext(r.Context()).TraceID(); id.IsValid() {
			caller.Correlation = uuid.UUID(id)
		}
		next.ServeHTTP(w, r.WithContext(WithToken(As(r.Context(), caller), token)))
	})
}

func (a *Authenticator) identify(r *http.Request) (commands.Caller, string, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return commands.Anonymous(), "", nil
	}
	kind, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(kind, "Bearer") || token == "" || strings.Contains(token, " ") {
		return commands.Caller{}, "", kernel.Refuse(kernel.CodeInvalid, "Token is invalid").WithAPICode("invalid_request")
	}
	session, err := a.Tokens.Check(r.Context(), token)
	if errors.Is(err, tokens.ErrUnknown) {
		return commands.Caller{}, "", refused("invalid_token")
	}
	if err != nil {
		return commands.Caller{}, "", err
	}
	u, err := a.Users.User(r.Context(), kernel.UserID{UUID: session.UserID})
	if err != nil {
		return commands.Caller{}, "", err
	}
	if !u.Exists || u.Blocked {
		return commands.Caller{}, "", refused("invalid_token")
	}
	return commands.ForUser(u.ID, u.Role), token, nil
}

func refused(code string) error {
	return kernel.Refuse(kernel.CodeUnauthenticated, "Token is invalid").WithAPICode(code)
}

// As says in the context of a request who sends it.
func As(ctx context.Context, caller commands.Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, caller)
}

// WithToken says in the context of a request which access token it carries.
func WithToken(ctx context.Context, token string) context.Context {
	return context.WithValue(ctx, tokenKey{}, token)
}

// Caller is who sends the request.
func Caller(r *http.Request) commands.Caller {
	if c, ok := r.Context().Value(callerKey{}).(commands.Caller); ok {
		return c
	}
	return commands.Anonymous()
}

// Token is the access token of the request, empty for none.
func Token(r *http.Request) string {
	t, _ := r.Context().Value(tokenKey{}).(string)
	return t
}

// Required refuses requests of nobody.
func Required(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if Caller(r).UserID.IsZero() {
			httpx.Write(w, r, refused("unauthorized_request"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// RequiredRight refuses requests of nobody and of people whose role lacks the right.
func RequiredRight(right user.Right, next http.Handler) http.Handler {
	return Required(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Caller(r).Role.Has(right) {
			httpx.Write(w, r, kernel.Forbidden("User does not have the right that this needs."))
			return
		}
		next.ServeHTTP(w, r)
	}))
}
