package configuration

import (
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	commandsinstance "vidilog/commands/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
)

// CustomPages routes below /api/v1/custom-pages: the instance's own page.
func (a *API) CustomPages() *mux.Router {
	r := mux.NewRouter()
	const path = "/api/v1/custom-pages/homepage/instance"
	r.Handle(path, respond.Handler(a.homepage)).Methods(http.MethodGet)
	r.Handle(path, authn.RequiredRight(user.RightManageCustomPage, respond.Handler(a.putHomepage))).Methods(http.MethodPut)
	return r
}

func (a *API) homepage(w http.ResponseWriter, r *http.Request) error {
	own, err := a.Own(r.Context())
	if err != nil {
		return err
	}
	if own.Homepage == nil {
		return kernel.NotFound("Instance homepage could not be found")
	}
	return httpx.JSON(w, r, http.StatusOK, object{"content": *own.Homepage})
}

func (a *API) putHomepage(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	var page commandsinstance.WriteHomepage
	if content, _ := fields.Text("content"); content != nil {
		page.Content = *content
	}
	if err := fields.Err(); err != nil {
		return err
	}
	outcome, err := a.Commands.WriteHomepage(r.Context(), authn.Caller(r), page)
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
