package catalog

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/domain/plugin"
)

type pluginRow struct {
	Package   plugin.Package `db:"package"`
	Installed bool           `db:"installed"`
	CreatedAt time.Time      `db:"created_at"`
	UpdatedAt time.Time      `db:"updated_at"`
}

// reducePlugin keeps those that are no longer in use, as PeerTube's list can be asked for them.
func (r *rows) reducePlugin(recordedAt time.Time, e kernel.Event) {
	switch e := e.(type) {
	case plugin.Installed:
		r.plugins.UpdateOrInsert(e.Package.NPMName, func(p *pluginRow) {
			if p.CreatedAt.IsZero() {
				p.CreatedAt = recordedAt
			}
			p.Package, p.Installed, p.UpdatedAt = e.Package, true, recordedAt
		})
	case plugin.Uninstalled:
		r.plugins.Update(e.NPMName, func(p *pluginRow) { p.Installed, p.UpdatedAt = false, recordedAt })
	}
}

// Plugin is a package of the npm registry that is or was in use.
type Plugin struct {
	plugin.Package
	Installed            bool
	CreatedAt, UpdatedAt time.Time
}

var pluginsSQL = query("plugins")

// Plugins answers all packages that are or were in use, by name.
func (c *Catalog) Plugins(ctx context.Context) ([]Plugin, error) {
	return many(ctx, c.db, pluginsSQL, func(row pgx.CollectableRow) (p Plugin, err error) {
		return p, row.Scan(&p.Package, &p.Installed, &p.CreatedAt, &p.UpdatedAt)
	})
}

// Themes answers the themes in use, by name.
func (c *Catalog) Themes(ctx context.Context) ([]Plugin, error) {
	all, err := c.Plugins(ctx)
	themes := make([]Plugin, 0, len(all))
	for _, p := range all {
		if p.Installed && plugin.TypeOf(p.NPMName) == plugin.Theme {
			themes = append(themes, p)
		}
	}
	return themes, err
}
