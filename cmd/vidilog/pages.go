package main

import (
	"fmt"
	"io/fs"
	"os"

	"vidilog/api/rest/absent"
	"vidilog/api/rest/configuration"
	"vidilog/api/shape"
	"vidilog/api/web"
	"vidilog/client"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// pages serves the web client: the one in the binary, or the one that the configuration names.
func (v *server) pages(site shape.Site, read *catalog.Catalog, settings *configuration.API) (*web.API, error) {
	files, err := v.clientFiles()
	if err != nil {
		return nil, err
	}
	return &web.API{
		Site: site, Catalog: read, Client: web.NewClient(files, version), Config: settings.HTML,
		Instance: func() web.Instance {
			c := v.current()
			return web.Instance{
				Name: c.Instance.Name, Description: c.Instance.ShortDescription, CSS: c.Instance.Customizations.CSS,
				Twitter: c.Services.Twitter.Username,
			}
		},
		Overrides: web.Overridden(os.DirFS(v.config.Storage.ClientOverrides)),
	}, nil
}

// mountClient adds the client's files, and the answers without which PeerTube's client shows errors.
func mountClient(p *httpx.Prefixes, pages *web.API) {
	p.Handle("/client", pages.Assets())
	absent.Mount(p)
}

func (v *server) clientFiles() (fs.FS, error) {
	if folder := v.config.Vidilog.Client.Dist; folder != "" {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("vidilog.client.dist names %s, which is no folder", folder)
		}
		return os.DirFS(folder), nil
	}
	built, isBuilt := client.FS()
	if !isBuilt {
		v.logger.Warn("the web client is not built into this binary; a page says how to")
	}
	return built, nil
}
