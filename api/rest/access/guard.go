package access

import (
	"context"
	"net/http"

	"vidilog/api/authn"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// PasswordHeader carries the password of a protected video.
const PasswordHeader = "X-Peertube-Video-Password"

// Passwords knows those of protected videos.
type Passwords interface {
	// PasswordMatches says whether a text is one of a video's passwords as of now.
	PasswordMatches(ctx context.Context, id kernel.VideoID, password string) (bool, error)
}

// Guard decides about videos. All refusals are PeerTube's, in its order and words.
type Guard struct {
	Catalog   *catalog.Catalog
	Passwords Passwords
	Tokens    FileTokens
}

// Find answers the video of the URL, whoever asks. hasUUID says that it was named by UUID or short UUID, which opens unlisted
// videos to everybody. Errors: CodeInvalid, CodeNotFound.
func (g *Guard) Find(r *http.Request) (key catalog.Key, hasUUID bool, err error) {
	ref, hasUUID, err := Reference(r)
	if err != nil {
		return catalog.Key{}, false, err
	}
	key, err = g.Catalog.VideoKey(r.Context(), ref)
	return key, hasUUID, err
}

// See answers the video of the URL to those who may see it. Errors: those of Find, CodeUnauthenticated, CodeForbidden.
func (g *Guard) See(r *http.Request) (catalog.Key, error) {
	key, hasUUID, err := g.Find(r)
	if err == nil {
		err = g.Visible(r, key, hasUUID)
	}
	return key, err
}

// Visible refuses those who may not see a video. Its state is no matter: a video that is being transcoded is in no list but
// answers to those who know its address, as in PeerTube.
func (g *Guard) Visible(r *http.Request, k catalog.Key, hasUUID bool) error {
	switch video.Privacy(k.Privacy) {
	case video.Public:
		return nil
	case video.Unlisted:
		if hasUUID {
			return nil
		}
	case video.Internal:
		if isLoggedIn(r) {
			return nil
		}
	case video.PasswordProtected:
		return g.password(r, k)
	case video.Private:
		// owner and moderators only, below
	}
	if !isLoggedIn(r) {
		return kernel.Refuse(kernel.CodeUnauthenticated, "Not authenticated")
	}
	if !IsManager(r, k, user.RightSeeAllVideos) {
		return kernel.Forbidden("Cannot fetch information of private/internal/blocked video")
	}
	return nil
}

// password wants a password that is right of everybody who sends one, and one of all but owner and moderators. An empty
// header is a wrong password.
func (g *Guard) password(r *http.Request, k catalog.Key) error {
	given, isGiven := r.Header[PasswordHeader]
	if !isGiven {
		if IsManager(r, k, user.RightSeeAllVideos) {
			return nil
		}
		return kernel.Forbidden("Please provide a password to access this password protected video").
			WithAPICode("video_requires_password")
	}
	isRight, err := g.Passwords.PasswordMatches(r.Context(), k.ID, given[0])
	if err == nil && !isRight {
		err = kernel.Forbidden("Incorrect video password. Access to the video is denied.").WithAPICode("incorrect_video_password")
	}
	return err
}

// Manage answers the video of the URL to its owner and to those with the right above ownership. The command behind a write
// decides again, on the log: this is for routes that read, or must refuse before they take a body. Errors: those of Find,
// CodeForbidden.
func (g *Guard) Manage(r *http.Request, above user.Right) (catalog.Key, error) {
	key, _, err := g.Find(r)
	if err == nil && !IsManager(r, key, above) {
		err = kernel.Forbidden("Cannot manage a video of another user.")
	}
	return key, err
}

// IsManager says that the caller owns a video or holds the right above ownership.
func IsManager(r *http.Request, k catalog.Key, above user.Right) bool {
	caller := authn.Caller(r)
	return isLoggedIn(r) && (caller.UserID == k.OwnerID || caller.Role.Has(above))
}

func isLoggedIn(r *http.Request) bool { return !authn.Caller(r).UserID.IsZero() }
