package access

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// FileTokens knows the tokens that open the files of one video.
type FileTokens interface {
	Opens(ctx context.Context, token string, video uuid.UUID) (bool, error)
}

// FileCredential answers what a request shows to read files: the password, the file token or the bearer token, in PeerTube's
// order; empty for nothing.
func FileCredential(r *http.Request, bearer string) string {
	if password := r.Header.Get(PasswordHeader); password != "" {
		return "password " + password
	}
	if token := r.URL.Query().Get("videoFileToken"); token != "" {
		return "file " + token
	}
	return bearer
}

// Files refuses those who may not read the files of a video. Somebody logged in, or with a password, must be allowed to see the
// video; for others a file token does, and public files are for all.
func (g *Guard) Files(r *http.Request, k catalog.Key) error {
	if _, hasPassword := r.Header[PasswordHeader]; hasPassword || isLoggedIn(r) {
		return g.Visible(r, k, true)
	}
	if token := r.URL.Query().Get("videoFileToken"); token != "" {
		opens, err := g.Tokens.Opens(r.Context(), token, k.ID.UUID)
		if err != nil || opens {
			return err
		}
	}
	if !video.Privacy(k.Privacy).KeepsFilesPrivate() {
		return nil
	}
	return kernel.Forbidden("Forbidden")
}
