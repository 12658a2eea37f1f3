// Package npm fetches packages from an npm registry: their manifest, and their files once the checksum has been compared.
//
// It may import internal. Read npm.go, then unpack.go.
package npm

import (
	"bytes"
	"context"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Registry is npm's own.
const Registry = "https://registry.npmjs.org"

// ErrUnknown means that the registry has no such package or version.
var ErrUnknown = errors.New("the registry has no such package or version")

// Client asks a registry. HTTP bounds what an answer may have.
type Client struct {
	HTTP *http.Client
	// URL of the registry without a slash at the end.
	URL string
}

// Package is one version of a package as its package.json describes it, with the fields that PeerTube has added.
type Package struct {
	Name          string            `json:"name"`
	Version       string            `json:"version"`
	Description   string            `json:"description"`
	Homepage      string            `json:"homepage"`
	Engine        map[string]string `json:"engine"`
	CSS           []string          `json:"css"`
	ClientScripts []struct {
		Script string   `json:"script"`
		Scopes []string `json:"scopes"`
	} `json:"clientScripts"`
	StaticDirs map[string]string `json:"staticDirs"`
	// Integrity is the checksum of the archive, "sha512-" and base64.
	Integrity string `json:"-"`
}

type document struct {
	Tags     map[string]string `json:"dist-tags"`
	Versions map[string]struct {
		Dist struct {
			Tarball   string `json:"tarball"`
			Integrity string `json:"integrity"`
		} `json:"dist"`
	} `json:"versions"`
}

var names = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)

// Fetch downloads a version of a package, the latest for an empty one, compares its checksum and unpacks it into a folder, which
// it makes. Error: ErrUnknown.
func (c *Client) Fetch(ctx context.Context, name, version string, folder func(version string) string) (Package, error) {
	if !names.MatchString(name) {
		return Package{}, ErrUnknown
	}
	raw, err := c.get(ctx, c.URL+"/"+url.PathEscape(name))
	if err != nil {
		return Package{}, err
	}
	var d document
	if err := json.Unmarshal(raw, &d); err != nil {
		return Package{}, fmt.Errorf("read the registry's answer about %s: %w", name, err)
	}
	if version == "" {
		version = d.Tags["latest"]
	}
	release, known := d.Versions[version]
	if !known || !names.MatchString(version) {
		return Package{}, ErrUnknown
	}
	archive, err := c.get(ctx, release.Dist.Tarball)
	if err != nil {
		return Package{}, err
	}
	if err := compare(archive, release.Dist.Integrity); err != nil {
		return Package{}, fmt.Errorf("%s %s: %w", name, version, err)
	}
	p, err := unpack(archive, folder(version))
	if err == nil && (p.Name != name || p.Version != version) {
		err = fmt.Errorf("the archive of %s %s holds %s %s", name, version, p.Name, p.Version)
	}
	p.Integrity = release.Dist.Integrity
	return p, err
}

func (c *Client) get(ctx context.Context, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("ask the registry: %w", err)
	}
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the registry: %w", err)
	}
	defer answer.Body.Close() // read to its end or given up
	if answer.StatusCode == http.StatusNotFound {
		return nil, ErrUnknown
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ask the registry for %s: it answers %s", address, answer.Status)
	}
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("ask the registry for %s: %w", address, err)
	}
	return raw, nil
}

// compare demands a checksum of the strong kind: old packages without one are not taken.
func compare(archive []byte, integrity string) error {
	encoded, isStrong := strings.CutPrefix(integrity, "sha512-")
	wanted, err := base64.StdEncoding.DecodeString(encoded)
	if !isStrong || err != nil {
		return errors.New("the registry gives no SHA-512 checksum")
	}
	sum := sha512.Sum512(archive)
	if subtle.ConstantTimeCompare(sum[:], wanted) != 1 || !bytes.Equal(sum[:], wanted) {
		return errors.New("the archive has another checksum than the registry says")
	}
	return nil
}
