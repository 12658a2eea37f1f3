package catalog

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Torrent says whose a .torrent file is.
type Torrent struct {
	VideoName  string
	Resolution int
}

var torrentSQL = query("torrent")

// Torrent answers whose a .torrent file is. Error: CodeNotFound.
func (c *Catalog) Torrent(ctx context.Context, fileName string) (Torrent, error) {
	return one(ctx, c.db, "Torrent file not found", torrentSQL, func(row pgx.CollectableRow) (t Torrent, err error) {
		return t, row.Scan(&t.VideoName, &t.Resolution)
	}, fileName)
}
