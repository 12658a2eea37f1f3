package storage

import (
	"fmt"
	"path/filepath"
	"strings"

	"vidilog/internal/config"
)

// Kind is a class of files that share a folder.
type Kind string

// The kinds, with their folder below the configured ones. HLS files have names "<video uuid>/<file>".
const (
	Tmp                Kind = "tmp"
	TmpPersistent      Kind = "tmp-persistent"
	ResumableUpload    Kind = "tmp/resumable-uploads"
	WebVideo           Kind = "web-videos"
	PrivateWebVideo    Kind = "web-videos/private"
	HLS                Kind = "streaming-playlists/hls"
	PrivateHLS         Kind = "streaming-playlists/hls/private"
	OriginalVideoFile  Kind = "original-video-files"
	Redundancy         Kind = "redundancy"
	Thumbnail          Kind = "thumbnails"
	Preview            Kind = "previews"
	Storyboard         Kind = "storyboards"
	Torrent            Kind = "torrents"
	Caption            Kind = "captions"
	Avatar             Kind = "avatars"
	CachedFile         Kind = "cache"
	WellKnown          Kind = "well-known"
	ClientOverride     Kind = "client-overrides"
	PluginFile         Kind = "plugins"
	Program            Kind = "bin"
	temporaryPrefix         = ".new-"
	privateFolder           = "private"
	longestNameInBytes      = 255 // ext4 and most others, per segment
)

// Kinds lists all kinds, for start-up and reconciling.
func Kinds() []Kind {
	return []Kind{
		Tmp, TmpPersistent, ResumableUpload, WebVideo, PrivateWebVideo, HLS, PrivateHLS, OriginalVideoFile, Redundancy, Thumbnail, Preview,
		Storyboard, Torrent, Caption, Avatar, CachedFile, WellKnown, ClientOverride, PluginFile, Program,
	}
}

// Folders say where the kinds lie; absolute paths.
type Folders map[Kind]string

// FoldersFrom places the kinds as the configuration says.
func FoldersFrom(s config.Storage) Folders {
	hls := filepath.Join(s.StreamingPlaylists, "hls")
	return Folders{
		Tmp: s.Tmp, TmpPersistent: s.TmpPersistent, ResumableUpload: filepath.Join(s.Tmp, "resumable-uploads"),
		WebVideo: s.WebVideos, PrivateWebVideo: filepath.Join(s.WebVideos, privateFolder),
		HLS: hls, PrivateHLS: filepath.Join(hls, privateFolder),
		OriginalVideoFile: s.OriginalVideoFiles, Redundancy: s.Redundancy, Thumbnail: s.Thumbnails, Preview: s.Previews,
		Storyboard: s.Storyboards, Torrent: s.Torrents, Caption: s.Captions, Avatar: s.Avatars, CachedFile: s.Cache,
		WellKnown: s.WellKnown, ClientOverride: s.ClientOverrides, PluginFile: s.Plugins, Program: s.Bin,
	}
}

// FoldersBelow places the kinds below one folder, as an instance without configured folders does.
func FoldersBelow(root string) Folders {
	folders := Folders{}
	for _, kind := range Kinds() {
		folders[kind] = filepath.Join(root, filepath.FromSlash(string(kind)))
	}
	return folders
}

// Location names one file, or for HLS also the folder of one video.
type Location struct {
	Kind Kind
	// Name is relative to the kind's folder, with slashes, e.g. "<uuid>-720.mp4" or "<video uuid>/<uuid>-master.m3u8".
	Name string
}

// String reads web-videos/<name>.
func (l Location) String() string { return string(l.Kind) + "/" + l.Name }

// check refuses names that leave the folder, collide with another kind or with temporary names. Names come from events
// and, at the edge, from URLs.
func (l Location) check() error {
	for segment := range strings.SplitSeq(l.Name, "/") {
		switch {
		case segment == "" || segment == "." || segment == "..":
			return fmt.Errorf("file name %q must be relative, without empty, . or .. segments", l.Name)
		case strings.ContainsAny(segment, "\\\x00"):
			return fmt.Errorf("file name %q has a forbidden character", l.Name)
		case len(segment) > longestNameInBytes:
			return fmt.Errorf("file name %q has a segment of more than %d bytes", l.Name, longestNameInBytes)
		case strings.HasPrefix(segment, temporaryPrefix):
			return fmt.Errorf("file name %q begins as only unfinished files do", l.Name)
		}
	}
	first, _, _ := strings.Cut(l.Name, "/")
	if first == privateFolder && (l.Kind == WebVideo || l.Kind == HLS) {
		return fmt.Errorf("file name %q belongs to the private kind", l.Name)
	}
	return nil
}
