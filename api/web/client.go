package web

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"golang.org/x/text/language"
)

// Client is a built web client: ours, with its pages at the root, or PeerTube's, with one index.html per language.
type Client struct {
	Files fs.FS
	// Build changes with every build, for addresses of files whose names do not.
	Build string

	embed, testEmbed string
	// locales are the folders of PeerTube's client, the first is the default; empty for a client with one page for all.
	locales []string
	matcher language.Matcher
}

// PeerTube's default language, which its client is always built in.
const defaultLocale = "en-US"

// NewClient looks at what lies where in a built client.
func NewClient(files fs.FS, build string) Client {
	c := Client{Files: files, Build: build, embed: "embed.html", testEmbed: "test-embed.html"}
	if !isFile(files, defaultLocale+"/index.html") {
		return c
	}
	c.embed, c.testEmbed = "standalone/videos/embed.html", "standalone/videos/test-embed.html"
	c.locales = []string{defaultLocale}
	entries, _ := fs.ReadDir(files, ".") // what cannot be listed is not offered
	for _, e := range entries {
		if e.Name() != defaultLocale && e.IsDir() && isFile(files, e.Name()+"/index.html") {
			c.locales = append(c.locales, e.Name())
		}
	}
	tags := make([]language.Tag, len(c.locales))
	for i, name := range c.locales {
		tags[i] = language.Make(name)
	}
	c.matcher = language.NewMatcher(tags)
	return c
}

func isFile(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.Mode().IsRegular()
}

func (c Client) index(locale string) string { return path.Join(locale, "index.html") }

// localeCookie and its life are PeerTube's.
const (
	localeCookie     = "clientLanguage"
	localeCookieLife = 90 * 24 * 3600
)

// locale chooses the folder of the page: the language that the address names and that is remembered then, the remembered one,
// what the browser asks for, English.
func (c Client) locale(w http.ResponseWriter, r *http.Request) string {
	if len(c.locales) == 0 {
		return ""
	}
	if named := c.known(strings.Trim(r.URL.Path, "/")); named != "" {
		http.SetCookie(w, &http.Cookie{ //nolint:gosec // the client's own script reads and changes it
			Name: localeCookie, Value: named, Path: "/", MaxAge: localeCookieLife, Secure: true, SameSite: http.SameSiteNoneMode,
		})
		return named
	}
	if cookie, err := r.Cookie(localeCookie); err == nil {
		if named := c.known(cookie.Value); named != "" {
			return named
		}
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return defaultLocale
	}
	_, index, confidence := c.matcher.Match(wanted...)
	if confidence < language.High {
		return defaultLocale
	}
	return c.locales[index]
}

// known answers the folder of a language id: "fr-FR", or its short form "fr".
func (c Client) known(id string) string {
	if id == "" || strings.Contains(id, "/") {
		return ""
	}
	for _, name := range c.locales {
		base, _, _ := strings.Cut(name, "-")
		if strings.EqualFold(id, name) || strings.EqualFold(id, base) {
			return name
		}
	}
	return ""
}
