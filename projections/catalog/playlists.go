package catalog

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
)

// listRow is a playlist that people make; the streams of a video are playlists too, and called so elsewhere.
type listRow struct {
	Number      int64            `db:"number"`
	AccountID   kernel.AccountID `db:"account_id"`
	DisplayName string           `db:"display_name"`
	Type        playlist.Type    `db:"type"`
	Privacy     int              `db:"privacy"`
	CreatedAt   time.Time        `db:"created_at"`
}

func (r *rows) reduceList(recordedAt time.Time, e kernel.Event) {
	switch e := e.(type) {
	case playlist.Created:
		r.lists.Insert(e.PlaylistID, listRow{
			Number: e.IntegerID, AccountID: e.AccountID, DisplayName: e.DisplayName, Type: e.Type, Privacy: e.Privacy,
			CreatedAt: recordedAt,
		})
	case playlist.Deleted:
		r.lists.Delete(e.PlaylistID)
	}
}

// SpecialPlaylist is one that everybody has.
type SpecialPlaylist struct {
	Number      int64
	DisplayName string
	Type        int // PeerTube's numbers
}

var specialPlaylistsSQL = query("special_playlists")

// SpecialPlaylists answers those of an account that are not of its own making.
func (c *Catalog) SpecialPlaylists(ctx context.Context, account kernel.AccountID) ([]SpecialPlaylist, error) {
	return many(ctx, c.db, specialPlaylistsSQL, func(row pgx.CollectableRow) (p SpecialPlaylist, err error) {
		return p, row.Scan(&p.Number, &p.DisplayName, &p.Type)
	}, account.UUID)
}
