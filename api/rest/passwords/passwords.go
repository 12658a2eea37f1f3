// Package passwords answers /api/v1/videos/{id}/passwords: the passwords of protected videos, for those who manage them.
//
// It may import commands, queries of projections, api/rest/access and internal. Read passwords.go.
package passwords

import (
	"net/http"
	"slices"
	"strconv"

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
	on := func(method, path string, handler respond.Handler) {
		r.Handle("/api/v1/videos/{id}/passwords"+path, authn.Required(handler)).Methods(method)
	}
	on(http.MethodGet, "", a.list)
	on(http.MethodPut, "", a.replace)
	on(http.MethodDelete, "/{passwordId}", a.remove)
}

// password is PeerTube's VideoPassword.
type password struct {
	ID        int64      `json:"id"`
	Password  string     `json:"password"`
	VideoID   int64      `json:"videoId"`
	CreatedAt shape.Time `json:"createdAt"`
	UpdatedAt shape.Time `json:"updatedAt"`
}

// list shows the texts: an author must be able to tell others.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	start, count := q.Page()
	_, ascending := q.Sort("-createdAt", "createdAt")
	if err := q.Err(); err != nil {
		return err
	}
	key, _, err := a.Access.Find(r)
	if err != nil {
		return err
	}
	if video.Privacy(key.Privacy) != video.PasswordProtected {
		return kernel.Refuse(kernel.CodeInvalid, "Video is not password protected")
	}
	if !access.IsManager(r, key, user.RightSeeAllVideos) {
		return kernel.Forbidden("Cannot manage a video of another user.")
	}
	all, err := a.Catalog.Passwords(r.Context(), key.ID)
	if err != nil {
		return err
	}
	if ascending {
		slices.Reverse(all)
	}
	page := []password{}
	for _, p := range all[min(start, len(all)):min(start+count, len(all))] {
		text, err := a.Commands.PasswordText(r.Context(), p.Ref)
		if err != nil {
			return err
		}
		page = append(page, password{
			ID: p.Number, Password: text, VideoID: key.Number, CreatedAt: shape.Time(p.CreatedAt), UpdatedAt: shape.Time(p.CreatedAt),
		})
	}
	return httpx.JSON(w, r, http.StatusOK, map[string]any{"total": len(all), "data": page})
}

// replace takes all passwords from now on.
func (a *API) replace(w http.ResponseWriter, r *http.Request) error {
	key, _, err := a.Access.Find(r)
	if err != nil {
		return err
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	texts, _ := fields.Texts("passwords")
	if err := fields.Err(); err != nil {
		return err
	}
	if texts == nil && video.Privacy(key.Privacy) == video.PasswordProtected {
		return kernel.Refuse(kernel.CodeInvalid, "Video passwords are missing.")
	}
	outcome, err := a.Commands.SetPasswords(r.Context(), authn.Caller(r), commandsvideo.SetPasswords{VideoID: key.ID, Passwords: texts})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	key, _, err := a.Access.Find(r)
	if err != nil {
		return err
	}
	text := mux.Vars(r)["passwordId"]
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		e := kernel.Invalid("passwordId", "Invalid value")
		e.Data = map[string]any{"location": "params", "value": text}
		return e
	}
	outcome, err := a.Commands.RemovePassword(r.Context(), authn.Caller(r), commandsvideo.RemovePassword{VideoID: key.ID, ID: number})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
