package shape

import (
	"net/url"
	"strings"

	"vidilog/projections/catalog"
)

func (s Site) httpTracker() string      { return s.URL + "/tracker/announce" }
func (s Site) webSocketTracker() string { return s.webSocketURL() + "/tracker/socket" }

// Announced are the trackers that torrents name: the one for browsers first, as PeerTube's do.
func (s Site) Announced() []string { return []string{s.webSocketTracker(), s.httpTracker()} }

// addTorrent gives a file the addresses of its torrent, once it has one.
func (s Site) addTorrent(shape *VideoFile, v catalog.Video, f catalog.File) {
	if f.TorrentName == "" {
		return
	}
	torrent, download := s.URL+"/lazy-static/torrents/"+f.TorrentName, s.URL+"/download/torrents/"+f.TorrentName
	magnet := s.magnet(torrent, shape.FileURL, v, f)
	shape.TorrentURL, shape.TorrentDownloadURL, shape.MagnetURI = &torrent, &download, &magnet
}

// magnet is a magnet link (BEP 9) in the order that PeerTube's have. Files that are not for everybody are no web seeds.
func (s Site) magnet(torrent, file string, v catalog.Video, f catalog.File) string {
	var link strings.Builder
	link.WriteString("magnet:?xs=" + escaped(torrent) + "&xt=urn:btih:" + f.InfoHash +
		"&dn=" + strings.ReplaceAll(escaped(v.Name), "%20", "+") +
		"&tr=" + escaped(s.httpTracker()) + "&tr=" + escaped(s.webSocketTracker()))
	if !v.HasPrivateFiles {
		link.WriteString("&ws=" + escaped(file))
	}
	return link.String()
}

// escaped encodes as JavaScript's encodeURIComponent does.
func escaped(text string) string {
	return encodeURIComponent.Replace(url.QueryEscape(text))
}

// encodeURIComponent undoes where Go's encoding of queries differs from JavaScript's.
var encodeURIComponent = strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")
