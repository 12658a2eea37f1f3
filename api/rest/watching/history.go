package watching

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// history answers GET /api/v1/users/me/history/videos, what the caller has watched, the latest first.
func (a *API) history(w http.ResponseWriter, r *http.Request) error {
	body, err := a.HistoryPage(r)
	if err != nil {
		return err
	}
	httpx.JSONBytes(w, r, http.StatusOK, body)
	return nil
}

// forget answers DELETE /api/v1/users/me/history/videos/{id}, where the id is the integer. What is not there is forgotten.
func (a *API) forget(w http.ResponseWriter, r *http.Request) error {
	text := mux.Vars(r)["id"]
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		e := kernel.Invalid("videoId", "Invalid value")
		e.Data = map[string]any{"location": "params", "value": text}
		return e
	}
	key, err := a.Catalog.VideoKey(r.Context(), catalog.ByNumber(number))
	if kernel.CodeOf(err) == kernel.CodeNotFound {
		httpx.NoContent(w)
		return nil
	}
	if err == nil {
		err = a.History.Forget(r.Context(), authn.Caller(r).UserID.UUID, key.ID.UUID)
	}
	if err != nil {
		return err
	}
	httpx.NoContent(w)
	return nil
}

// forgetBefore answers POST /api/v1/users/me/history/videos/remove, all of it or what was watched before a date.
func (a *API) forgetBefore(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	var before *time.Time
	if text, _ := fields.Text("beforeDate"); text != nil {
		if before, _ = fields.Time("beforeDate"); before == nil {
			fields.Refuse("beforeDate", "Should have a before date that conforms to ISO 8601")
		}
	}
	if err := fields.Err(); err != nil {
		return err
	}
	if err := a.History.ForgetBefore(r.Context(), authn.Caller(r).UserID.UUID, before); err != nil {
		return err
	}
	httpx.NoContent(w)
	return nil
}
