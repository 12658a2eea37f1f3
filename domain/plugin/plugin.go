// Package plugin decides about extensions of the instance from the npm registry. Themes may be installed; plugins with code for
// the server are refused, as there is nothing yet that runs them.
//
// It may import domain/kernel only.
package plugin

import (
	"regexp"
	"strings"

	"vidilog/domain/kernel"
)

// Type of a package; the numbers are PeerTube's (PluginType).
type Type int

// The types of PeerTube.
const (
	Extension Type = 1
	Theme     Type = 2
)

// Prefixes of the names of packages by type.
const (
	extensionPrefix = "peertube-plugin-"
	themePrefix     = "peertube-theme-"
)

// npmName and the 214 characters are the registry's, narrowed to PeerTube's (isNpmPluginNameValid).
var npmName = regexp.MustCompile(`^peertube-(plugin|theme)-[a-z0-9][a-z0-9._-]*$`)

const longestName = 214

// CheckName answers CodeInvalid for what is no name of a PeerTube package.
func CheckName(name string) error {
	if len(name) > longestName || !npmName.MatchString(name) {
		return kernel.Invalid("npmName", "must begin with peertube-plugin- or peertube-theme-")
	}
	return nil
}

// TypeOf answers the type of a package by its name.
func TypeOf(name string) Type {
	if strings.HasPrefix(name, themePrefix) {
		return Theme
	}
	return Extension
}

// ShortName is a package's name without what all of its type begin with.
func ShortName(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, extensionPrefix), themePrefix)
}

// Script is code of a package for browsers, and the pages it is for.
type Script struct {
	Script string   `json:"script"`
	Scopes []string `json:"scopes"`
}

// Package is what a package says of itself.
type Package struct {
	NPMName     string            `json:"npmName"`
	Version     string            `json:"version"`
	Description string            `json:"description"`
	Homepage    string            `json:"homepage"`
	Engine      string            `json:"engine"`
	CSS         []string          `json:"css"`
	Scripts     []Script          `json:"scripts"`
	StaticDirs  map[string]string `json:"staticDirs"`
	// Integrity is the checksum that the registry gave and the files had.
	Integrity string `json:"integrity"`
}

// Plugin is what commands need to know of one.
type Plugin struct {
	Installed bool
	Package   Package
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event { return []kernel.Event{Installed{}, Uninstalled{}} }

// Apply folds one event.
func (p Plugin) Apply(e kernel.Event) Plugin {
	switch e := e.(type) {
	case Installed:
		p = Plugin{Installed: true, Package: e.Package}
	case Uninstalled:
		p.Installed = false
	}
	return p
}

// Install takes a package whose files lie in their place into use, or another version of it.
type Install struct{ Package Package }

// Installed records that a package is in use.
type Installed struct {
	Package Package `json:"package"`
}

// EventType is the literal id in the log.
func (Installed) EventType() string { return "plugin.installed" }

// Decide answers Installed, nothing when this version is in use, or CodeInvalid for a package that has more than a theme.
func (i Install) Decide(p Plugin) ([]kernel.Event, error) {
	if err := CheckName(i.Package.NPMName); err != nil {
		return nil, err
	}
	if TypeOf(i.Package.NPMName) != Theme {
		return nil, kernel.Refuse(kernel.CodeInvalid,
			"Cannot install plugin %s: this version runs themes, and no plugins with code for the server yet", i.Package.NPMName)
	}
	if p.Installed && p.Package.Version == i.Package.Version {
		return nil, nil
	}
	return []kernel.Event{Installed(i)}, nil
}

// Uninstall takes a package out of use; its files stay, so that pages that are open find them.
type Uninstall struct{}

// Uninstalled records that a package is no longer in use.
type Uninstalled struct {
	NPMName string `json:"npmName"`
}

// EventType is the literal id in the log.
func (Uninstalled) EventType() string { return "plugin.uninstalled" }

// Decide answers Uninstalled, or CodeNotFound.
func (Uninstall) Decide(p Plugin) ([]kernel.Event, error) {
	if !p.Installed {
		return nil, kernel.NotFound("Plugin not found")
	}
	return []kernel.Event{Uninstalled{NPMName: p.Package.NPMName}}, nil
}
