// Package chapters answers /api/v1/videos/{id}/chapters: the parts of a video that have titles of their own.
//
// It may import commands, queries of projections and api/rest/access. Read chapters.go.
package chapters

import (
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Access   *access.Guard
	Catalog  *catalog.Catalog
	Commands *commandsvideo.Handlers
	Writes   respond.Writes
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	const path = "/api/v1/videos/{id}/chapters"
	list := respond.MinPosition(a.Writes.Waiter, a.Writes.Models, respond.Handler(a.list))
	r.Handle(path, httpx.WithOperation("getVideoChapters", list)).Methods(http.MethodGet)
	r.Handle(path, httpx.WithOperation("replaceVideoChapters", authn.Required(respond.Handler(a.replace)))).Methods(http.MethodPut)
}

type chapter struct {
	Timecode int    `json:"timecode"`
	Title    string `json:"title"`
}

func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	found, err := a.Catalog.Chapters(r.Context(), key.ID)
	if err != nil {
		return err
	}
	list := []chapter{}
	for _, c := range found {
		list = append(list, chapter(c))
	}
	return httpx.JSON(w, r, http.StatusOK, map[string][]chapter{"chapters": list})
}

func (a *API) replace(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	if _, _, err := access.Reference(r); err != nil {
		return err
	}
	list, isRight := read(fields)
	if !isRight {
		fields.Refuse("chapters", "Chapters must have a valid title and timecode, and each timecode must be unique")
		return fields.Err()
	}
	key, err := a.Access.Manage(r, user.RightUpdateAnyVideo)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.SetChapters(r.Context(), authn.Caller(r), commandsvideo.SetChapters{VideoID: key.ID, Chapters: list})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// read takes the members timecode and title of each element; limits are the domain's.
func read(fields *decode.Fields) (list []video.Chapter, isRight bool) {
	elements, isList := fields.Values()["chapters"].([]any)
	if !isList {
		return nil, false
	}
	for _, element := range elements {
		object, isObject := element.(map[string]any)
		if !isObject {
			return nil, false
		}
		members := decode.Of(object)
		timecode, _ := members.Int("timecode")
		title, _ := members.Text("title")
		if timecode == nil || title == nil || members.Err() != nil {
			return nil, false
		}
		list = append(list, video.Chapter{Timecode: *timecode, Title: *title})
	}
	return list, true
}
