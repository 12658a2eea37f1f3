package files

import (
	"fmt"
	"mime"
	"net/http"
	"path"
	"time"

	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/storage"
)

const (
	torrentPrefix = "/lazy-static/torrents/"
	// torrentAge is PeerTube's cache time of torrents, which change with the name of their video.
	torrentAge = 2 * time.Hour
)

// Torrents answers GET /download/torrents/{name}: a torrent to keep, called like its video.
func (a *API) Torrents() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		torrent, err := a.Catalog.Torrent(r.Context(), name)
		if err != nil {
			if kernel.CodeOf(err) == kernel.CodeNotFound {
				err = kernel.NotFound("Torrent file not found")
			}
			httpx.Write(w, r, err)
			return
		}
		download := fmt.Sprintf("%s-%dp.torrent", torrent.VideoName, torrent.Resolution)
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": download}))
		a.serve(w, r, storage.Location{Kind: storage.Torrent, Name: name}, false)
	})
}
