package uploads

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/internal/ops/uploads"
	"vidilog/internal/storage"
)

const (
	// maxMetadata bounds the first request; pictures are part of it (PeerTube's maxMetadataSize).
	maxMetadata = 10 << 20
	// maxUpload is uploadx's own limit.
	maxUpload = 5 << 40
	// maxExtension bounds what a client's file name adds to the name on disk, in bytes.
	maxExtension = 16
)

// begin answers POST: 201 and where the parts go, or 200 with what is there already of the same file.
func (a *API) begin(w http.ResponseWriter, r *http.Request, p Purpose) error {
	file, err := read(w, r, p)
	if err == nil {
		err = p.Check(r, file)
	}
	if err == nil && file.Size > maxUpload {
		err = errTooLarge
	}
	if err != nil {
		return errors.Join(err, p.Drop(file.Files))
	}
	session, err := a.open(r, p, file)
	if err != nil {
		return errors.Join(err, p.Drop(file.Files))
	}
	h := w.Header()
	h.Set("Location", location(r, session.ID))
	expose(h, "Location")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", "0")
	if session.Written == 0 {
		w.WriteHeader(http.StatusCreated)
		return nil
	}
	expose(h, "Range")
	h.Set("Range", rangeOf(session.Written))
	w.WriteHeader(http.StatusOK)
	return nil
}

// read takes the first request apart: its body, and the headers that announce the file.
func read(w http.ResponseWriter, r *http.Request, p Purpose) (file Announced, err error) {
	file.Files = map[string]string{}
	r.Body = http.MaxBytesReader(w, r.Body, maxMetadata)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		file.Fields, err = decode.Multipart(r, p.Sink(r, file.Files))
	} else {
		file.Fields, err = decode.Body(w, r)
	}
	if err != nil {
		return file, err
	}
	name, _ := file.Fields.Text("filename")
	if name == nil || *name == "" {
		file.Fields.Refuse("filename", "Invalid value")
	} else {
		file.FileName = *name
	}
	err = file.Fields.Err()
	file.Size, file.ContentType = -1, strings.ToLower(r.Header.Get("X-Upload-Content-Type"))
	if n, parseErr := strconv.ParseInt(r.Header.Get("X-Upload-Content-Length"), 10, 64); parseErr == nil && n >= 0 {
		file.Size = n
	} else {
		err = errors.Join(err, badHeader("x-upload-content-length", "Should specify the file length"))
	}
	if file.ContentType == "" {
		err = errors.Join(err, badHeader("x-upload-content-type", "Should specify the file mimetype"))
	}
	return file, err
}

func badHeader(name, message string) error {
	e := kernel.Invalid(name, "%s", message)
	e.Data = map[string]any{"location": "headers"}
	return e
}

// open makes the session and its file, or finds those of an earlier attempt.
func (a *API) open(r *http.Request, p Purpose, file Announced) (uploads.Session, error) {
	wanted, err := a.wanted(r, p, file)
	if err != nil {
		return wanted, err
	}
	session, replaced, err := a.Sessions.Begin(r.Context(), wanted)
	if err != nil {
		return session, err
	}
	if replaced != nil && replaced.Answer == nil {
		if err := p.Drop(replaced.Files); err != nil {
			a.Logger.Error("pictures of an upload that was given up could not be removed", "error", err)
		}
	}
	path, err := a.path(session)
	if err != nil {
		return session, err
	}
	if session.Written, err = uploads.OnDisk(path, session.Written); err == nil && replaced == nil {
		return session, nil
	}
	session.Written = 0
	if err := uploads.Create(path); err != nil {
		return session, err
	}
	return session, note(path, session)
}

func (a *API) wanted(r *http.Request, p Purpose, file Announced) (uploads.Session, error) {
	user := authn.Caller(r).UserID
	number, err := a.Number(r.Context(), user)
	if err != nil {
		return uploads.Session{}, err
	}
	purpose, err := purposeOf(r, p)
	if err != nil {
		return uploads.Session{}, err
	}
	fields, err := json.Marshal(file.Fields.Values())
	if err != nil {
		return uploads.Session{}, fmt.Errorf("keep the fields of an upload: %w", err)
	}
	id := identity(number, file.Fields, file.Size, strconv.FormatInt(time.Now().UnixMilli(), 10))
	extension := filepath.Ext(file.FileName)
	if len(extension) > maxExtension {
		extension = ""
	}
	name := fmt.Sprintf("%d-%s%s", number, id, extension)
	if _, err := a.Files.Path(storage.Location{Kind: storage.ResumableUpload, Name: name}); err != nil || strings.Contains(name, "/") {
		return uploads.Session{}, errFileName
	}
	return uploads.Session{
		ID: id, UserID: user.UUID, Purpose: purpose, File: name, Size: file.Size, Fields: fields, Files: file.Files, Command: uuid.New(),
	}, nil
}

// note puts a few words about an upload beside its bytes, as PeerTube does, for whoever finds them. Nothing here reads them.
func note(path string, s uploads.Session) error {
	text, err := json.Marshal(map[string]any{"id": s.ID, "name": s.File, "size": s.Size, "purpose": s.Purpose})
	if err != nil {
		return fmt.Errorf("note an upload: %w", err)
	}
	if err := os.WriteFile(noteOf(path, s.ID), text, 0o600); err != nil {
		return fmt.Errorf("note an upload: %w", err)
	}
	return nil
}

func noteOf(path, id string) string { return filepath.Join(filepath.Dir(path), id+".META") }

// location is where the parts go: on the host that was asked, with the protocol that the proxy in front says.
func location(r *http.Request, id string) string {
	query := r.URL.Query()
	query.Set("upload_id", id)
	address := "//" + r.Host + r.URL.EscapedPath() + "?" + query.Encode()
	forwarded := strings.Split(r.Header.Get("X-Forwarded-Proto"), ",")
	if protocol := strings.ToLower(strings.TrimSpace(forwarded[len(forwarded)-1])); protocol == "http" || protocol == "https" {
		address = protocol + ":" + address
	}
	return address
}
