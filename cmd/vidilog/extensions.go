package main

import (
	"time"

	"vidilog/api/rest/plugins"
	"vidilog/api/rest/respond"
	commandsplugin "vidilog/commands/plugin"
	"vidilog/internal/httpx"
	"vidilog/internal/npm"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

const (
	// packageTimeout and largestPackage bound one download from the registry.
	packageTimeout = 30 * time.Second
	largestPackage = 20 << 20
)

// extensionsAPI answers about themes and plugins.
func (v *server) extensionsAPI(read *catalog.Catalog, writes respond.Writes) *plugins.API {
	client := httpx.OutgoingClient(httpx.OutgoingOptions{
		Timeout: packageTimeout, MaxBody: largestPackage, UserAgent: "Vidilog/" + version,
		AllowPrivate: !v.config.Federation.PreventSSRF,
	})
	return &plugins.API{
		Catalog: read, Commands: commandsplugin.New(v.commands), Writes: writes, Logger: v.logger,
		Registry: &npm.Client{HTTP: client, URL: npm.Registry}, Folder: v.store.Folder(storage.PluginFile),
	}
}
