package videos

import (
	"net/http"

	"vidilog/api/rest/access"
	"vidilog/domain/kernel"
)

// ownID answers the UUID that a write is about. Who may write is decided by the command.
func (a *API) ownID(r *http.Request) (kernel.VideoID, error) {
	ref, _, err := access.Reference(r)
	if err != nil {
		return kernel.VideoID{}, err
	}
	key, err := a.Catalog.VideoKey(r.Context(), ref)
	return key.ID, err
}
