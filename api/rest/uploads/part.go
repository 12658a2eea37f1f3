package uploads

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"vidilog/api/authn"
	"vidilog/internal/failpoint"
	"vidilog/internal/ops/uploads"
)

// pointNoted is where a part is on disk and noted, and its sender has not been told.
var pointNoted = failpoint.New("uploads.noted")

// patience is how long a part may not move before its connection counts as dead, so that the client's next attempt finds the
// upload free.
const patience = time.Minute

// part answers PUT: 308 with what is there, or with the last part 200 and what has become of the file.
func (a *API) part(w http.ResponseWriter, r *http.Request, p Purpose) error {
	id, err := a.ownID(r)
	if err != nil {
		return err
	}
	purpose, err := purposeOf(r, p)
	if err != nil {
		return err
	}
	session, hold, err := a.Sessions.Hold(r.Context(), id, authn.Caller(r).UserID.UUID)
	if err != nil {
		return inDialect(err)
	}
	settled := context.WithoutCancel(r.Context())
	defer func() {
		if err := hold.Release(settled); err != nil {
			a.Logger.Error("an upload stays locked for a minute", "error", err)
		}
	}()
	if session.Purpose != purpose {
		return errNotFound
	}
	if session.Answer != nil {
		return again(w, r, session)
	}
	if session.Plan == nil { // before its end has begun
		if err := a.take(w, r, hold, &session); err != nil {
			return err
		}
	}
	if session.Plan != nil || session.IsWhole() {
		return a.finish(w, r, p, hold, session)
	}
	h := w.Header()
	expose(h, "Range")
	h.Set("Range", rangeOf(session.Written))
	h.Set("Content-Length", "0")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusPermanentRedirect)
	return nil
}

// take writes the part of a request, so that session says what is on disk for good.
func (a *API) take(w http.ResponseWriter, r *http.Request, hold *uploads.Hold, session *uploads.Session) error {
	path, err := a.path(*session)
	if err != nil {
		return err
	}
	if session.Written, err = uploads.OnDisk(path, session.Written); err != nil {
		return inDialect(err)
	}
	sent := pieceOf(r)
	if !sent.fits(session.Size) {
		return errConflict
	}
	if sent.total > 0 {
		session.Size = sent.total // a client may have known only later
	}
	if sent.isQuestion() {
		return nil
	}
	body := &impatient{body: r.Body, control: http.NewResponseController(w)}
	defer body.end()
	part := uploads.Part{Start: sent.start, Most: session.Size - sent.start, Body: body, Checksum: sent.checksum}
	if sent.length > 0 {
		part.Most = sent.length
	}
	if sent.start > session.Written {
		return inDialect(part.Skip()) // a hole would be zeros in the film; the answer says where to go on
	}
	written, failure := part.Write(path)
	if errors.Is(failure, uploads.ErrChecksumKind) {
		return errChecksumKind
	}
	session.Written = written
	if err := hold.Wrote(context.WithoutCancel(r.Context()), written, session.Size); err != nil {
		return inDialect(err)
	}
	return errors.Join(inDialect(failure), pointNoted.Hit())
}

// impatient reads a body and gives up when nothing comes.
type impatient struct {
	body    io.Reader
	control *http.ResponseController
	renewed time.Time
}

func (i *impatient) Read(p []byte) (int, error) {
	if now := time.Now(); now.Sub(i.renewed) > time.Second {
		i.renewed = now
		_ = i.control.SetReadDeadline(now.Add(patience)) // where a connection knows none, it ends when the client's does
	}
	return i.body.Read(p)
}

// end lifts the deadline: the connection may be used again.
func (i *impatient) end() { _ = i.control.SetReadDeadline(time.Time{}) }
