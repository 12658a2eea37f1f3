package access

import (
	"context"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// FileTokens knows the tokens that open the files of one video.
type FileTokens interface {
	Opens(ctx context.Context, token string, video uuid.UUID) (bool, error)
}

// FileCredential answers all that a request shows to read files: password, file token and bearer token; empty for nothing. What one
// of them opens must not be remembered for another that came with it.
func FileCredential(r *http.Request, bearer string) string {
	password, token := r.Header.Get(PasswordHeader), r.URL.Query().Get("videoFileToken")
	if password == "" && token == "" && bearer == "" {
		return ""
	}
	return strconv.Quote(password) + strconv.Quote(token) + bearer
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
