package sources

import (
	"context"
	"mime"
	"net/http"
	"os"
	"strings"

	"github.com/google/uuid"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// Downloads answers GET /download/original-video-files/{filename}: uploaded files that were kept as they came.
type Downloads struct {
	Catalog *catalog.Catalog
	Files   interface {
		OpenFile(location storage.Location) (*os.File, error)
	}
	// Opens says whether a token opens the files of a video; such a token stands in for its owner.
	Opens func(ctx context.Context, token string, video uuid.UUID) (bool, error)
}

// ServeHTTP sends a file with ranges, under the name that it had on the author's machine.
func (d *Downloads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		httpx.Write(w, r, kernel.NotFound("Not found"))
		return
	}
	if err := d.send(w, r); err != nil {
		httpx.Write(w, r, err)
	}
}

func (d *Downloads) send(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, "/download/original-video-files/")
	key, err := d.Catalog.VideoOfKeptFile(r.Context(), name)
	if err != nil {
		return err
	}
	if err := d.admit(r, key); err != nil {
		return err
	}
	source, err := d.Catalog.Source(r.Context(), key.ID)
	if err != nil {
		return err
	}
	file, err := d.Files.OpenFile(storage.Location{Kind: storage.OriginalVideoFile, Name: name})
	if err != nil {
		return kernel.NotFound("Original video file not found")
	}
	defer file.Close() // opened for reading
	info, err := file.Stat()
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": source.FileName}))
	h.Set("Cache-Control", "private")
	http.ServeContent(w, r, "", info.ModTime(), file)
	return nil
}

// admit is for the owner, those who see all videos, and those with a token for the files of this video.
func (d *Downloads) admit(r *http.Request, key catalog.Key) error {
	if !authn.Caller(r).UserID.IsZero() {
		if access.IsManager(r, key, user.RightSeeAllVideos) {
			return nil
		}
		return kernel.Forbidden("Cannot download the original file of another user's video")
	}
	if token := r.URL.Query().Get("videoFileToken"); token != "" {
		if opens, err := d.Opens(r.Context(), token, key.ID.UUID); opens || err != nil {
			return err
		}
	}
	return kernel.Forbidden("Cannot download the original file of a video without a token")
}
