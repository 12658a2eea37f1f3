package videos

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// reference reads the id in a URL: an integer, a UUID or a short UUID. hasUUID says that it was one of the latter, which
// opens unlisted videos to everybody.
func reference(r *http.Request) (ref catalog.Ref, hasUUID bool, err error) {
	text := mux.Vars(r)["id"]
	if n, parseErr := strconv.ParseInt(text, 10, 64); parseErr == nil && n > 0 {
		return catalog.ByNumber(n), false, nil
	}
	if id, isShort := shape.ParseShortUUID(text); isShort {
		return catalog.ByID(kernel.VideoID{UUID: id}), true, nil
	}
	if id, parseErr := uuid.Parse(text); parseErr == nil && len(text) == 36 {
		return catalog.ByID(kernel.VideoID{UUID: id}), true, nil
	}
	e := kernel.Invalid("id", "Should have a valid video id (id, short UUID or UUID)")
	e.Data = map[string]any{"location": "params", "value": text}
	return catalog.Ref{}, false, e
}

// ownID answers the UUID that a write is about. Who may write is decided by the command.
func (a *API) ownID(r *http.Request) (kernel.VideoID, error) {
	ref, _, err := reference(r)
	if err != nil {
		return kernel.VideoID{}, err
	}
	key, err := a.Catalog.VideoKey(r.Context(), ref)
	return key.ID, err
}

// visible refuses those who may not see a video, in PeerTube's words: 401 to nobody, 403 to others.
func visible(r *http.Request, k catalog.Key, hasUUID bool) error {
	caller := authn.Caller(r)
	if isOwner := !caller.UserID.IsZero() && caller.UserID == k.OwnerID; isOwner || caller.Role.Has(user.RightSeeAllVideos) && !caller.UserID.IsZero() {
		return nil
	}
	published := video.State(k.State) == video.StatePublished
	switch video.Privacy(k.Privacy) {
	case video.Public:
		if published {
			return nil
		}
	case video.Unlisted:
		if published && hasUUID {
			return nil
		}
	case video.Internal:
		if published && !caller.UserID.IsZero() {
			return nil
		}
	case video.Private, video.PasswordProtected:
		// owner and moderators only, above
	}
	if caller.UserID.IsZero() {
		return kernel.Refuse(kernel.CodeUnauthenticated, "Not authenticated")
	}
	return kernel.Forbidden("Cannot fetch information of private/internal/blocked video")
}
