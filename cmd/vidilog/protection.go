package main

import (
	"github.com/gorilla/mux"

	"vidilog/api/files"
	"vidilog/api/rest/access"
	restfiletokens "vidilog/api/rest/filetokens"
	"vidilog/api/rest/passwords"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/internal/ops/filetokens"
	"vidilog/projections/catalog"
)

// guard decides who may see which video.
func (v *server) guard(read *catalog.Catalog) *access.Guard {
	return &access.Guard{Catalog: read, Passwords: v.videos, Tokens: v.fileTokens()}
}

func (v *server) fileTokens() filetokens.Store {
	return filetokens.Store{Client: v.redis, Prefix: "redis-" + v.config.Webserver.Host()}
}

// static serves the files of videos.
func (v *server) static(read *catalog.Catalog, guard *access.Guard) *files.API {
	return &files.API{
		Catalog: read, Access: guard, Store: v.store, Rights: files.NewRights(), MaxAge: v.config.Constants.StaticMaxAge,
		IsOpen: func() bool { return !v.current().StaticFiles.PrivateFilesRequireAuth },
	}
}

// protection are the routes about who may see what of a video, and of what is told beside it.
func (v *server) protection(_ shape.Site, read *catalog.Catalog, guard *access.Guard, writes respond.Writes) []func(*mux.Router) {
	return []func(*mux.Router){
		(&passwords.API{Access: guard, Catalog: read, Commands: v.videos, Writes: writes}).Routes,
		(&restfiletokens.API{Access: guard, Tokens: v.fileTokens()}).Routes,
	}
}
