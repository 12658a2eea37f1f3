// Package renditions answers what an administrator does with the files of a video: POST /api/v1/videos/{id}/transcoding,
// DELETE /api/v1/videos/{id}/hls and /web-videos.
//
// It may import commands, queries of projections, api/rest/access and internal. Read renditions.go.
package renditions

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Catalog  *catalog.Catalog
	Commands *commandsvideo.Handlers
	Writes   respond.Writes
	// Settings are the transcoding settings in force.
	Settings func() transcoding.Settings
}

// Routes adds the routes below /api/v1/videos. "webtorrent" is what PeerTube called web videos before 6.0.
func (a *API) Routes(r *mux.Router) {
	on := func(method, path, operation string, right user.Right, h respond.Handler) {
		guarded := authn.RequiredRight(right, h)
		r.Handle("/api/v1/videos/{id}"+path, httpx.WithOperation(operation, guarded)).Methods(method)
	}
	on(http.MethodPost, "/transcoding", "createVideoTranscoding", user.RightRunTranscoding, a.transcode)
	kinds := []struct {
		path, all, one string
		kind           video.RenditionKind
	}{
		{"/hls", "delVideoHLS", "delVideoHLSFile", video.HLS},
		{"/web-videos", "delVideoWebVideos", "delVideoWebVideosFile", video.WebVideo},
		{"/webtorrent", "delVideoWebVideos", "delVideoWebVideosFile", video.WebVideo},
	}
	for _, k := range kinds {
		on(http.MethodDelete, k.path, k.all, user.RightManageVideoFiles, a.remove(k.kind))
		on(http.MethodDelete, k.path+"/{fileId}", k.one, user.RightManageVideoFiles, a.removeOne(k.kind))
	}
}

// transcodingTypes are those of PeerTube's body.
var transcodingTypes = map[string]video.RenditionKind{"hls": video.HLS, "web-video": video.WebVideo, "webtorrent": video.WebVideo}

// transcode answers POST /api/v1/videos/{id}/transcoding.
func (a *API) transcode(w http.ResponseWriter, r *http.Request) error {
	ref, _, err := access.Reference(r)
	if err != nil {
		return err
	}
	body, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	kind, force := video.RenditionKind(""), false
	if name, _ := body.Text("transcodingType"); name != nil {
		kind = transcodingTypes[*name]
	}
	if kind == "" {
		body.Refuse("transcodingType", "Invalid value")
	}
	if wanted, _ := body.Bool("forceTranscoding"); wanted != nil {
		force = *wanted
	}
	if err := body.Err(); err != nil {
		return err
	}
	key, err := a.Catalog.VideoKey(r.Context(), ref)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.RequestTranscoding(r.Context(), authn.Caller(r), commandsvideo.RequestTranscoding{
		VideoID: key.ID, Kind: kind, Force: force, Settings: a.Settings(),
	})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// remove answers DELETE of all files of a kind.
func (a *API) remove(kind video.RenditionKind) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return a.removeFiles(w, r, kind, 0) }
}

// removeOne answers DELETE of one file.
func (a *API) removeOne(kind video.RenditionKind) respond.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		text := mux.Vars(r)["fileId"]
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id <= 0 {
			e := kernel.Invalid("videoFileId", "Invalid value")
			e.Data = map[string]any{"location": "params", "value": text}
			return e
		}
		return a.removeFiles(w, r, kind, id)
	}
}

func (a *API) removeFiles(w http.ResponseWriter, r *http.Request, kind video.RenditionKind, file int64) error {
	ref, _, err := access.Reference(r)
	if err != nil {
		return err
	}
	key, err := a.Catalog.VideoKey(r.Context(), ref)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.RemoveFiles(r.Context(), authn.Caller(r), commandsvideo.RemoveFiles{VideoID: key.ID, Kind: kind, FileID: file})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
