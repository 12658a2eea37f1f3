package videos

import (
	"encoding/json"
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// get answers GET /api/v1/videos/{id}.
func (a *API) get(r *http.Request) ([]byte, error) {
	ref, hasUUID, err := access.Reference(r)
	if err != nil {
		return nil, err
	}
	key, err := a.Catalog.VideoKey(r.Context(), ref)
	if err != nil {
		return nil, err
	}
	if err := access.Visible(r, key, hasUUID); err != nil {
		return nil, err
	}
	fragments, err := a.fragments(r.Context(), []catalog.Key{key}, inFull)
	if err != nil {
		return nil, err
	}
	if len(fragments[0].Head()) == 0 { // deleted between the two reads
		return nil, kernel.NotFound("Video not found")
	}
	return fragments[0].Append(nil, key.Counters, 0), nil
}

// description answers GET /api/v1/videos/{id}/description, which old clients ask for.
func (a *API) description(w http.ResponseWriter, r *http.Request) error {
	ref, hasUUID, err := access.Reference(r)
	if err != nil {
		return err
	}
	v, err := a.Catalog.Video(r.Context(), ref)
	if err != nil {
		return err
	}
	if err := access.Visible(r, v.Key, hasUUID); err != nil {
		return err
	}
	text := ""
	if v.Description != nil {
		text = *v.Description
	}
	body, err := json.Marshal(map[string]string{"description": text})
	if err != nil {
		return err
	}
	httpx.JSONBytes(w, r, http.StatusOK, body)
	return nil
}

// mayManage says that the caller owns a video or may see to any.
func mayManage(r *http.Request, k catalog.Key, above user.Right) bool {
	caller := authn.Caller(r)
	return !caller.UserID.IsZero() && (caller.UserID == k.OwnerID || caller.Role.Has(above))
}
