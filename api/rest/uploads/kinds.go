package uploads

import (
	"path/filepath"
	"slices"
	"strings"

	"vidilog/domain/kernel"
)

// Kinds are the kinds of files that may become a video: their content types and extensions, with the dot.
type Kinds struct {
	Types      []string
	Extensions []string
}

// The kinds of PeerTube 6.3 (MIMETYPES): those that browsers play, further ones for those who transcode, and sound.
var (
	played = Kinds{Types: []string{"video/webm", "video/ogg", "video/mp4"}, Extensions: []string{".webm", ".ogv", ".mp4"}}

	further = Kinds{
		Types: []string{
			"video/x-matroska", "video/quicktime", "video/x-m4v", "video/m4v", "video/x-flv", "video/x-f4v", "video/x-ms-wmv",
			"video/x-msvideo", "video/avi", "video/3gpp", "video/3gpp2", "application/x-nut", "video/mp2t", "video/vnd.dlna.mpeg-tts",
			"video/m2ts", "video/mpv", "video/mpeg2", "video/mpeg", "video/dvd", "application/octet-stream", "application/mxf",
		},
		Extensions: []string{
			".ogg", ".mkv", ".mov", ".qt", ".mqv", ".m4v", ".flv", ".f4v", ".wmv", ".avi", ".3gp", ".3gpp", ".3g2", ".3gpp2", ".nut",
			".mts", ".ts", ".m2ts", ".mpv", ".m2v", ".m1v", ".mpg", ".mpe", ".mpeg", ".vob", ".mxf",
		},
	}

	sound = Kinds{
		Types: []string{
			"audio/mpeg", "audio/mp3", "application/ogg", "audio/ogg", "audio/x-ms-wma", "audio/wav", "audio/x-wav", "audio/x-flac",
			"audio/flac", "audio/vnd.dlna.adts", "audio/aac", "audio/m4a", "audio/x-m4a", "audio/mp4", "audio/vnd.dolby.dd-raw", "audio/ac3",
		},
		Extensions: []string{".mp3", ".wma", ".wav", ".flac", ".aac", ".m4a", ".m4b", ".ac3", ".ogg"},
	}
)

// KindsFor answers what may be uploaded under the settings transcoding.enabled, .allow_additional_extensions and
// .allow_audio_files.
func KindsFor(transcodes, additional, audio bool) Kinds {
	all := Kinds{Types: slices.Clone(played.Types), Extensions: slices.Clone(played.Extensions)}
	if transcodes && additional {
		all.add(further)
	}
	if transcodes && audio {
		all.add(sound)
	}
	return all
}

func (k *Kinds) add(more Kinds) {
	k.Types = append(k.Types, more.Types...)
	for _, extension := range more.Extensions {
		if !slices.Contains(k.Extensions, extension) {
			k.Extensions = append(k.Extensions, extension)
		}
	}
}

// Check answers CodeUnsupportedMedia for a file of another kind. The content type is what the client says; empty where it says
// nothing.
func (k Kinds) Check(fileName, contentType string) error {
	contentType, _, _ = strings.Cut(contentType, ";")
	knowsType := contentType == "" || slices.Contains(k.Types, strings.TrimSpace(contentType))
	if knowsType && slices.Contains(k.Extensions, strings.ToLower(filepath.Ext(fileName))) {
		return nil
	}
	return kernel.Refuse(kernel.CodeUnsupportedMedia,
		"This file is not supported. Please, make sure it is of the following type: %s", strings.Join(k.Extensions, ", "))
}
