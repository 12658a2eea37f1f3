// Package storyboards answers /api/v1/videos/{id}/storyboards.
//
// It may import queries of projections, api/rest/access and internal. Read storyboards.go.
package storyboards

import (
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site    shape.Site
	Access  *access.Guard
	Catalog *catalog.Catalog
	Waiter  respond.Waiter
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	list := respond.MinPosition(a.Waiter, []string{catalog.Name}, respond.Handler(a.list))
	r.Handle("/api/v1/videos/{id}/storyboards", httpx.WithOperation("listVideoStoryboards", list)).Methods(http.MethodGet)
}

// storyboard is one in the shape of 8.x, with the path that 6.x has; sizes are in pixels, the duration in seconds.
type storyboard struct {
	StoryboardPath string `json:"storyboardPath"`
	FileURL        string `json:"fileUrl"`
	TotalHeight    int    `json:"totalHeight"`
	TotalWidth     int    `json:"totalWidth"`
	SpriteHeight   int    `json:"spriteHeight"`
	SpriteWidth    int    `json:"spriteWidth"`
	SpriteDuration int    `json:"spriteDuration"`
}

// list answers the storyboards of a video to those who may see the video.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	found, err := a.Catalog.Storyboards(r.Context(), key.ID)
	if err != nil {
		return err
	}
	list := []storyboard{}
	for _, s := range found {
		path := "/lazy-static/storyboards/" + s.FileName
		list = append(list, storyboard{
			StoryboardPath: path, FileURL: a.Site.URL + path, TotalHeight: s.TotalHeight, TotalWidth: s.TotalWidth,
			SpriteHeight: s.SpriteHeight, SpriteWidth: s.SpriteWidth, SpriteDuration: s.SpriteSeconds,
		})
	}
	return httpx.JSON(w, r, http.StatusOK, map[string][]storyboard{"storyboards": list})
}
