package apitest

import (
	"context"
	"log/slog"

	"github.com/google/uuid"

	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/videos"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/catalog"
)

// NoTokens opens the files of no video.
type NoTokens struct{}

// Opens answers false.
func (NoTokens) Opens(context.Context, string, uuid.UUID) (bool, error) { return false, nil }

// Guard decides about the videos of the world. File tokens are left out.
func (w *World) Guard() *access.Guard {
	return &access.Guard{Catalog: w.Catalog, Passwords: commandsvideo.New(w.Bus), Tokens: NoTokens{}}
}

// Videos answers lists of videos. Nobody has watched any, and nothing sensitive is hidden.
func (w *World) Videos() *videos.API {
	return &videos.API{
		Site: Site, Access: w.Guard(), Catalog: w.Catalog, Commands: commandsvideo.New(w.Bus), Writes: w.Writes(),
		Logger: slog.New(slog.DiscardHandler), Fragments: videos.NewFragments(),
		Anonymous: respond.NewAnonymous(func() eventstore.Position { return w.Engine.Position(catalog.Name) }, func() uint64 { return 0 }),
		Policies: videos.Policies{
			Sensitive:    func(context.Context, commands.Caller) (none videos.Sensitivity, err error) { return none, nil },
			TrendingDays: func() int { return 7 },
			Watched:      func(context.Context, kernel.UserID) ([]kernel.VideoID, error) { return nil, nil },
			Positions: func(context.Context, kernel.UserID, []kernel.VideoID) (map[kernel.VideoID]int, error) {
				return nil, nil
			},
			Viewers: func(kernel.VideoID) int64 { return 0 },
		},
	}
}
