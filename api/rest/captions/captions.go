// Package captions answers /api/v1/videos/{id}/captions: the texts of a video by language. They are kept as WebVTT; SubRip files
// are converted when they come.
//
// It may import commands, queries of projections, api/rest/access, internal/storage and golang.org/x/text. Read captions.go, then
// convert.go.
package captions

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/httpx"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// largest is PeerTube's limit of a caption file, in bytes (VIDEO_CAPTIONS.CAPTION_FILE).
const largest = 20 << 20

// Store is where the files go.
type Store interface {
	Put(ctx context.Context, location storage.Location, content io.Reader) (int64, error)
	Remove(location storage.Location) error
}

// API answers the routes of this package.
type API struct {
	Site     shape.Site
	Access   *access.Guard
	Catalog  *catalog.Catalog
	Commands *commandsvideo.Handlers
	Files    Store
	Writes   respond.Writes
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	const path = "/api/v1/videos/{id}/captions"
	list := respond.MinPosition(a.Writes.Waiter, a.Writes.Models, respond.Handler(a.list))
	r.Handle(path, httpx.WithOperation("getVideoCaptions", list)).Methods(http.MethodGet)
	on := func(method, operation string, handler respond.Handler) {
		r.Handle(path+"/{captionLanguage}", httpx.WithOperation(operation, authn.Required(handler))).Methods(method)
	}
	on(http.MethodPut, "addVideoCaption", a.set)
	on(http.MethodDelete, "delVideoCaption", a.remove)
}

type caption struct {
	Language               shape.Constant `json:"language"`
	AutomaticallyGenerated bool           `json:"automaticallyGenerated"`
	CaptionPath            string         `json:"captionPath"`
	FileURL                string         `json:"fileUrl"`
	UpdatedAt              shape.Time     `json:"updatedAt"`
}

func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	found, err := a.Catalog.Captions(r.Context(), key.ID)
	if err != nil {
		return err
	}
	data := []caption{}
	for _, c := range found {
		path := "/lazy-static/video-captions/" + c.FileName
		data = append(data, caption{
			Language: shape.Language(c.Language), AutomaticallyGenerated: c.IsGenerated, CaptionPath: path,
			FileURL: a.Site.URL + path, UpdatedAt: shape.Time(c.UpdatedAt),
		})
	}
	return httpx.JSON(w, r, http.StatusOK, map[string]any{"total": len(data), "data": data})
}

// languageOf reads the language of the URL.
func languageOf(r *http.Request) (string, error) {
	code := mux.Vars(r)["captionLanguage"]
	if shape.KnowsLanguage(code) {
		return code, nil
	}
	e := kernel.Invalid("captionLanguage", "Should have a valid caption language")
	e.Data = map[string]any{"location": "params", "value": code}
	return "", e
}

// set answers PUT …/captions/{captionLanguage}. The file is in place before the event is in the log.
func (a *API) set(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := access.Reference(r); err != nil {
		return err
	}
	language, err := languageOf(r)
	if err != nil {
		return err
	}
	text, err := receive(r)
	if err != nil {
		return err
	}
	key, err := a.Access.Manage(r, user.RightUpdateAnyVideo)
	if err != nil {
		return err
	}
	place := storage.Location{Kind: storage.Caption, Name: uuid.NewString() + "-" + language + ".vtt"}
	if _, err := a.Files.Put(r.Context(), place, bytes.NewReader(text)); err != nil {
		return err
	}
	outcome, err := a.Commands.SetCaption(r.Context(), authn.Caller(r), commandsvideo.SetCaption{
		VideoID: key.ID, Caption: video.Caption{Language: language, FileName: place.Name},
	})
	if err != nil && kernel.CodeOf(err) != "" || outcome.Repeated {
		err = errors.Join(err, a.Files.Remove(place)) // refused, or the first request's file is the one that counts
	}
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// kinds of files by what clients call them; macOS calls everything an octet stream.
var kinds = map[string]bool{"text/vtt": true, "application/x-subrip": true, "text/plain": true, "application/octet-stream": true}

// receive answers the caption of a form as WebVTT.
func receive(r *http.Request) ([]byte, error) {
	unfit := kernel.Invalid("captionfile", "This caption file is not supported or too large. Please, make sure it is under %d bytes and "+
		"one of the following mimetypes: text/vtt (.vtt), application/x-subrip (.srt), text/plain (.srt)", largest)
	var text []byte
	_, err := decode.Multipart(r, func(u decode.Upload) error {
		if u.Field != "captionfile" {
			return kernel.Refuse(kernel.CodeInvalid, "Unexpected field").WithAPICode("MulterError")
		}
		if !kinds[u.ContentType] {
			return unfit
		}
		raw, err := io.ReadAll(io.LimitReader(u.Body, largest+1))
		if err != nil {
			return err
		}
		if len(raw) > largest {
			return unfit
		}
		text = asWebVTT(raw, isSubRip(u))
		return nil
	})
	if err == nil && text == nil {
		err = unfit
	}
	return text, err
}

// isSubRip goes by the name where the kind says nothing.
func isSubRip(u decode.Upload) bool {
	if u.ContentType == "application/octet-stream" {
		return strings.EqualFold(filepath.Ext(u.FileName), ".srt")
	}
	return u.ContentType != "text/vtt"
}

func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	language, err := languageOf(r)
	if err != nil {
		return err
	}
	key, _, err := a.Access.Find(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.RemoveCaption(r.Context(), authn.Caller(r), commandsvideo.RemoveCaption{VideoID: key.ID, Language: language})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
