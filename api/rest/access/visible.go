package access

import (
	"net/http"

	"vidilog/api/authn"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// Visible refuses those who may not see a video, in PeerTube's words: 401 to nobody, 403 to others.
func Visible(r *http.Request, k catalog.Key, hasUUID bool) error {
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
