package transcoding

import (
	"fmt"
	"strings"
)

// avcProfiles are profile_idc and constraint flags of H.264 as RFC 6381 writes them (ISO/IEC 14496-15, annex E).
// PeerTube 6.3 says High for Constrained Baseline; the true value plays on more devices.
var avcProfiles = map[string]string{
	"High":                 "6400",
	"Main":                 "4D40",
	"Baseline":             "42E0",
	"Constrained Baseline": "42E0",
}

// CodecString is the video part of a CODECS attribute (RFC 6381): "avc1.64001e". Empty without video.
// Files of other codecs come from remote servers and plugins only; they get the values that PeerTube gives them.
func (v VideoStream) CodecString() string {
	switch v.Codec {
	case "":
		return ""
	case "vp9":
		return "vp09.00.50.08"
	case "hevc":
		return "hev1.1.6.L93.B0"
	case "av1":
		return fmt.Sprintf("av01.%s.%02dM.08", orDefault(map[string]string{"Main": "0", "High": "1", "Professional": "2"}, v.Profile, "0"), max(0, v.Level))
	default:
		return fmt.Sprintf("avc1.%s%02x", orDefault(avcProfiles, v.Profile, avcProfiles["High"]), max(0, v.Level))
	}
}

// CodecString is the audio part of a CODECS attribute (RFC 6381): "mp4a.40.2". Empty without audio.
func (a AudioStream) CodecString() string {
	switch a.Codec {
	case "":
		return ""
	case "opus", "vorbis", "flac":
		return a.Codec
	case "mp3":
		return "mp4a.40.34"
	}
	switch a.Profile {
	case "HE-AAC":
		return "mp4a.40.5"
	case "HE-AACv2":
		return "mp4a.40.29"
	}
	return "mp4a.40.2"
}

// CodecStrings joins what exists of video and audio, as the CODECS attribute wants it.
func (p Probe) CodecStrings() string {
	return joinNonEmpty(p.Video.CodecString(), p.Audio.CodecString())
}

func joinNonEmpty(parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ",")
}

func orDefault(table map[string]string, key, fallback string) string {
	if value, ok := table[key]; ok {
		return value
	}
	return fallback
}
