// Package plugin holds the commands on themes and plugins.
//
// It may import commands, domain/… and the eventstore ports.
package plugin

import (
	"context"

	"github.com/google/uuid"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/plugin"
	"vidilog/domain/user"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// streamOf is the stream of a package: one per name, whoever installs it.
func streamOf(npmName string) kernel.StreamID {
	return kernel.PluginID{UUID: kernel.Derive(uuid.NameSpaceURL, "npm:"+npmName)}.Stream()
}

// Install takes a package whose files lie in their place into use.
type Install struct {
	Package plugin.Package `json:"package"`
}

var install = commands.Spec[Install, struct{}]{
	Type:  "plugin.install",
	Needs: commands.ByRight(user.RightManagePlugins),
	Handle: func(ctx context.Context, w *commands.Work, c Install) (struct{}, error) {
		_, err := commands.Decide[plugin.Plugin](ctx, w, streamOf(c.Package.NPMName), plugin.Install(c))
		return struct{}{}, err
	},
}

// Install runs the command. Error: CodeInvalid for what is no theme.
func (h *Handlers) Install(ctx context.Context, caller commands.Caller, c Install) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, install, c)
}

// Uninstall takes a package out of use.
type Uninstall struct {
	NPMName string `json:"npmName"`
}

var uninstall = commands.Spec[Uninstall, struct{}]{
	Type:  "plugin.uninstall",
	Needs: commands.ByRight(user.RightManagePlugins),
	Handle: func(ctx context.Context, w *commands.Work, c Uninstall) (struct{}, error) {
		_, err := commands.Decide[plugin.Plugin](ctx, w, streamOf(c.NPMName), plugin.Uninstall{})
		return struct{}{}, err
	},
}

// Uninstall runs the command. Error: CodeNotFound.
func (h *Handlers) Uninstall(ctx context.Context, caller commands.Caller, c Uninstall) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, uninstall, c)
}
