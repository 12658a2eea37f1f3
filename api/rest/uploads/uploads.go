package uploads

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/uploads"
	"vidilog/internal/storage"
)

// Announced is what a client says about a file before it sends it.
type Announced struct {
	// Size in bytes, ContentType and FileName on the client's machine.
	Size        int64
	ContentType string
	FileName    string
	// Fields are the members of the first request, Files the names under which files lie that came with it, by field.
	Fields *decode.Fields
	Files  map[string]string
}

// Answer is what has become of a file.
type Answer struct {
	// Position of the last event, which the read models must show before the client hears of it.
	Position eventstore.Position
	Body     any
}

// Purpose makes something of a whole file.
type Purpose interface {
	// Name says with the session what its file is for.
	Name() string
	// Subject is what a session belongs to besides its user, such as a video; a request about another one does not find it.
	Subject(r *http.Request) (string, error)
	// Operations are the OpenAPI ids of POST and of PUT.
	Operations() (begin, part string)
	// Sink takes the files of the first request's form and notes in files where they lie; nil when none may come.
	Sink(r *http.Request, files map[string]string) decode.Sink
	// Check refuses a file before it is sent.
	Check(r *http.Request, a Announced) error
	// Plan looks at the whole file and decides what becomes of it, without changing anything. It is asked once.
	Plan(r *http.Request, a Announced, path string) (json.RawMessage, error)
	// Finish carries the plan out under the caller's command id and takes the file away from path. It may be asked again after
	// a crash, with the same plan.
	Finish(ctx context.Context, caller commands.Caller, a Announced, plan json.RawMessage, path string) (Answer, error)
	// Drop removes what came with the first request, when nothing has become of it.
	Drop(files map[string]string) error
}

// Files is where unfinished uploads lie.
type Files interface {
	Path(location storage.Location) (string, error)
}

// API answers the routes of purposes.
type API struct {
	Sessions *uploads.Store
	// Number answers the integer that PeerTube's API knows a user by: names on disk begin with it.
	Number func(ctx context.Context, id kernel.UserID) (int64, error)
	Files  Files
	Writes respond.Writes
	Logger *slog.Logger

	purposes []Purpose
}

// Route adds the three requests of a purpose below a path.
func (a *API) Route(r *mux.Router, path string, p Purpose) {
	a.purposes = append(a.purposes, p)
	begin, part := p.Operations()
	on := func(method, operation string, handler func(http.ResponseWriter, *http.Request, Purpose) error) {
		answer := respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
			return sayInDialect(w, handler(w, r, p))
		})
		r.Handle(path, httpx.WithOperation(operation, authn.Required(answer))).Methods(method)
	}
	on(http.MethodPost, begin, a.begin)
	on(http.MethodPut, part, a.part)
	on(http.MethodDelete, part, a.end)
}

// Sweep forgets sessions that nobody has gone on with, and removes their files.
func (a *API) Sweep(ctx context.Context) error {
	swept, err := a.Sessions.Sweep(ctx)
	if err != nil {
		return err
	}
	var failures []error
	for _, s := range swept {
		failures = append(failures, a.remove(s))
	}
	if len(swept) > 0 {
		a.Logger.Info("unfinished uploads were removed", "uploads", len(swept))
	}
	return errors.Join(failures...)
}

// remove deletes what a session has on disk. What has become of a finished one stays.
func (a *API) remove(s uploads.Session) error {
	path, err := a.path(s)
	if err != nil {
		return err
	}
	failures := []error{uploads.Remove(path, noteOf(path, s.ID))}
	if s.Answer != nil {
		return errors.Join(failures...)
	}
	for _, p := range a.purposes {
		if name, _, _ := strings.Cut(s.Purpose, " "); name == p.Name() {
			failures = append(failures, p.Drop(s.Files))
		}
	}
	return errors.Join(failures...)
}

// end answers DELETE: 204 whether or not there was anything.
func (a *API) end(w http.ResponseWriter, r *http.Request, _ Purpose) error {
	id, err := a.ownID(r)
	if err != nil {
		return err
	}
	session, found, err := a.Sessions.End(r.Context(), id, authn.Caller(r).UserID.UUID)
	if err != nil {
		return err
	}
	if found {
		if err := a.remove(session); err != nil {
			return err
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	httpx.NoContent(w)
	return nil
}

// purposeOf names a purpose and its subject, as sessions keep it.
func purposeOf(r *http.Request, p Purpose) (string, error) {
	subject, err := p.Subject(r)
	return strings.TrimSpace(p.Name() + " " + subject), err
}

func (a *API) path(s uploads.Session) (string, error) {
	return a.Files.Path(storage.Location{Kind: storage.ResumableUpload, Name: s.File})
}

// announced is what the client said at the beginning of a session.
func announced(s uploads.Session) (Announced, error) {
	fields, err := decode.Kept(s.Fields)
	if err != nil {
		return Announced{}, err
	}
	name, _ := fields.Text("filename")
	if name == nil {
		return Announced{}, kernel.Invalid("filename", "Invalid value")
	}
	return Announced{Size: s.Size, FileName: *name, Fields: fields, Files: s.Files}, nil
}
