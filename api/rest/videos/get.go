package videos

import (
	"net/http"

	"vidilog/api/authn"

	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// get answers GET /api/v1/videos/{id}.
func (a *API) get(r *http.Request) ([]byte, error) {
	key, err := a.Access.See(r)
	if err != nil {
		return nil, err
	}
	fragments, err := a.fragments(r.Context(), []catalog.Key{key}, inFull)
	if err != nil {
		return nil, err
	}
	if len(fragments[0].Head()) == 0 { // deleted between the two reads
		return nil, kernel.NotFound("Video not found")
	}
	overlay, err := a.overlay(r.Context(), authn.Caller(r).UserID, []catalog.Key{key})
	if err != nil {
		return nil, err
	}
	return overlay.append(make([]byte, 0, fragments[0].Bytes()+countersRoom), fragments[0], key), nil
}

// description answers GET /api/v1/videos/{id}/description, which old clients ask for.
func (a *API) description(w http.ResponseWriter, r *http.Request) error {
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	v, err := a.Catalog.Video(r.Context(), catalog.ByID(key.ID))
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, map[string]*string{"description": v.Description})
}
