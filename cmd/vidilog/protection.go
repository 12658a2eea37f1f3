package main

import (
	"context"
	"errors"

	"github.com/gorilla/mux"

	"vidilog/api/files"
	"vidilog/api/rest/access"
	"vidilog/api/rest/captions"
	"vidilog/api/rest/chapters"
	restfiletokens "vidilog/api/rest/filetokens"
	"vidilog/api/rest/passwords"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/filetokens"
	"vidilog/projections/catalog"
	"vidilog/workers/queue"
)

// guard decides who may see which video.
func (v *server) guard(read *catalog.Catalog) *access.Guard {
	return &access.Guard{Catalog: read, Passwords: v.videos, Tokens: v.fileTokens()}
}

func (v *server) fileTokens() filetokens.Store {
	return filetokens.Store{Client: v.redis, Prefix: "redis-" + v.config.Webserver.Host()}
}

// updateVideos is work by the clock: what authors have scheduled.
type updateVideos struct{}

// Kind names the work in River.
func (updateVideos) Kind() string { return queue.PeriodicPrefix + "update-videos" }

// updateScheduled does what is due. The list may lag and name a video twice; the command decides on the log.
func (v *server) updateScheduled(ctx context.Context) error {
	due, err := catalog.New(v.engine.DB(catalog.Name)).DueVideos(ctx, v.commands.Now())
	if err != nil {
		return err
	}
	var failures []error
	for _, id := range due {
		_, err := v.videos.RunSchedule(ctx, commands.Internal(kernel.System("schedule")), commandsvideo.RunSchedule{VideoID: id})
		if kernel.CodeOf(err) != kernel.CodeNotFound {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// static serves the files of videos.
func (v *server) static(read *catalog.Catalog, guard *access.Guard) *files.API {
	return &files.API{
		Catalog: read, Access: guard, Store: v.store, Rights: files.NewRights(),
		IsOpen: func() bool { return !v.current().StaticFiles.PrivateFilesRequireAuth },
	}
}

// protection are the routes about who may see what of a video, and of what is told beside it.
func (v *server) protection(site shape.Site, read *catalog.Catalog, guard *access.Guard, writes respond.Writes) []func(*mux.Router) {
	return []func(*mux.Router){
		(&passwords.API{Access: guard, Catalog: read, Commands: v.videos, Writes: writes}).Routes,
		(&captions.API{Site: site, Access: guard, Catalog: read, Commands: v.videos, Files: v.store, Writes: writes}).Routes,
		(&chapters.API{Access: guard, Catalog: read, Commands: v.videos, Writes: writes}).Routes,
		(&restfiletokens.API{Access: guard, Tokens: v.fileTokens()}).Routes,
	}
}

func mountFiles(p *httpx.Prefixes, static *files.API) {
	p.Handle("/static", static)
	p.Handle("/lazy-static", static)
	p.Handle("/download/torrents", static.Torrents())
}
