// Package filetokens answers POST /api/v1/videos/{id}/token: a token for the files of a protected video, for players that cannot
// send headers.
//
// It may import api/rest/access, internal/ops and queries of projections. Read filetokens.go.
package filetokens

import (
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/filetokens"
)

// API answers the routes of this package.
type API struct {
	Access *access.Guard
	Tokens filetokens.Store
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	r.Handle("/api/v1/videos/{id}/token", httpx.WithOperation("requestVideoToken", respond.Handler(a.issue))).Methods(http.MethodPost)
}

type issued struct {
	Files struct {
		Token   string     `json:"token"`
		Expires shape.Time `json:"expires"`
	} `json:"files"`
}

// issue wants somebody logged in, or who knows the password.
func (a *API) issue(w http.ResponseWriter, r *http.Request) error {
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	if video.Privacy(key.Privacy) != video.PasswordProtected && authn.Caller(r).UserID.IsZero() {
		return kernel.Refuse(kernel.CodeUnauthenticated, "Not authenticated")
	}
	token, expires, err := a.Tokens.Issue(r.Context(), key.ID.UUID, time.Now())
	if err != nil {
		return err
	}
	var answer issued
	answer.Files.Token, answer.Files.Expires = token, shape.Time(expires)
	return httpx.JSON(w, r, http.StatusOK, answer)
}
