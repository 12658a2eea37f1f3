package main

import (
	"github.com/gorilla/mux"

	"vidilog/api/rest/access"
	"vidilog/api/rest/metadata"
	"vidilog/api/rest/renditions"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/sources"
	"vidilog/api/rest/storyboards"
	"vidilog/api/shape"
	"vidilog/projections/catalog"
)

// belowVideos are the routes that packages of their own have below /api/v1/videos.
func (v *server) belowVideos(site shape.Site, read *catalog.Catalog, guard *access.Guard, writes respond.Writes) []func(*mux.Router) {
	boards := &storyboards.API{Site: site, Access: guard, Catalog: read, Waiter: writes.Waiter}
	files := &renditions.API{Catalog: read, Commands: v.videos, Writes: writes, Settings: v.settings}
	descriptions := &metadata.API{Access: guard, Catalog: read, Store: v.store, Describer: v.tools}
	original := &sources.API{
		Site: site, Access: guard, Catalog: read, Commands: v.videos, Writes: writes, Describe: descriptions.Describe,
	}
	replacement := &sources.Replacement{
		API: original, Prober: v.tools, Files: v.store, Settings: v.settings, Kinds: v.kinds, KeepsOriginals: v.keepsOriginals,
		IsAllowed: func() bool { return v.current().VideoFile.Update.Enabled },
		Pictures:  v.pictures(read),
	}
	return append(v.protection(site, read, guard, writes),
		files.Routes,
		descriptions.Routes,
		original.Routes,
		func(r *mux.Router) { v.parts.Route(r, "/api/v1/videos/{id}/source/replace-resumable", replacement) },
		boards.Routes,
	)
}

// originals hands out the uploaded files that were kept as they came.
func (v *server) originals(read *catalog.Catalog) *sources.Downloads {
	return &sources.Downloads{Catalog: read, Files: v.store, Opens: v.fileTokens().Opens}
}
