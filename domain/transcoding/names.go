package transcoding

import (
	"strconv"
	"strings"
)

// Names of files. Every one begins with a UUID drawn for this file alone, never the video's: whoever knows a video must
// not be able to guess the files of a rendition that is private or not yet there.

const fragmentedSuffix = "-fragmented.mp4"

// WebVideoName is "{uuid}-{resolution}.mp4". A name of an original that is not transcoded has that file's own extension.
func WebVideoName(uuid string, r Resolution) string {
	return uuid + "-" + strconv.Itoa(int(r)) + ".mp4"
}

// HLSMediaName is "{uuid}-{resolution}-fragmented.mp4".
func HLSMediaName(uuid string, r Resolution) string {
	return uuid + "-" + strconv.Itoa(int(r)) + fragmentedSuffix
}

// HLSPlaylistName is the name of the media playlist of a media file: its name with .m3u8 for -fragmented.mp4.
func HLSPlaylistName(media string) string {
	return strings.TrimSuffix(media, fragmentedSuffix) + ".m3u8"
}

// HLSMasterName is "{uuid}-master.m3u8".
func HLSMasterName(uuid string) string { return uuid + "-master.m3u8" }

// HLSHashesName is "{uuid}-segments-sha256.json".
func HLSHashesName(uuid string) string { return uuid + "-segments-sha256.json" }

// TorrentName is "{uuid}-{resolution}.torrent" for a web video.
func TorrentName(uuid string, r Resolution) string {
	return uuid + "-" + strconv.Itoa(int(r)) + ".torrent"
}

// HLSTorrentName is "{uuid}-{resolution}-hls.torrent".
func HLSTorrentName(uuid string, r Resolution) string {
	return uuid + "-" + strconv.Itoa(int(r)) + "-hls.torrent"
}

// ImageName is "{uuid}.jpg": thumbnails, previews, storyboards.
func ImageName(uuid string) string { return uuid + ".jpg" }

// OriginalName is "{uuid}{extension}"; extension has its dot.
func OriginalName(uuid, extension string) string { return uuid + extension }
