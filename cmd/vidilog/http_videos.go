package main

import (
	"github.com/gorilla/mux"

	"vidilog/api/rest/respond"
	"vidilog/api/rest/storyboards"
	"vidilog/api/shape"
	"vidilog/projections/catalog"
)

// belowVideos are the routes that packages of their own have below /api/v1/videos.
func (v *server) belowVideos(site shape.Site, read *catalog.Catalog, wait respond.Waiter) []func(*mux.Router) {
	boards := &storyboards.API{Site: site, Catalog: read, Waiter: wait}
	return []func(*mux.Router){
		boards.Routes,
	}
}
