package outbox

import (
	"fmt"

	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

// links are the addresses of a video: its page first, because Mastodon shows the first, then files, playlist and trackers.
func (b *Builder) links(v catalog.Video) []vocab.Link {
	list := []vocab.Link{{Type: "Link", MediaType: "text/html", Href: b.Addresses.Video(v.ID)}}
	for _, f := range v.FilesOf(catalog.WebVideo) {
		list = append(list, b.file(v, f, b.URL+"/static/web-videos/"+private(v)+f.Name, "web-video")...)
	}
	if v.Playlist != nil {
		list = append(list, b.playlist(v))
	}
	for i, name := range []string{"http", "websocket"} {
		if i < len(b.Trackers) {
			list = append(list, vocab.Link{Type: "Link", Name: "tracker-" + name, Rel: []string{"tracker", name}, Href: b.Trackers[i]})
		}
	}
	return list
}

func (b *Builder) playlist(v catalog.Video) vocab.Link {
	folder := b.URL + "/static/streaming-playlists/hls/" + private(v) + v.ID.String() + "/"
	master := folder + v.Playlist.MasterName
	link := vocab.Link{Type: "Link", MediaType: "application/x-mpegURL", Href: master}
	files := v.FilesOf(catalog.HLS)
	for i := range files {
		link.Tag = append(link.Tag, vocab.Tag{Type: "Infohash", Name: swarm(master, i)})
	}
	link.Tag = append(link.Tag, vocab.Link{
		Type: "Link", Name: "sha256", MediaType: "application/json", Href: folder + v.Playlist.HashesName,
	})
	for _, f := range files {
		for _, l := range b.file(v, f, folder+f.Name, "fragmented") {
			link.Tag = append(link.Tag, l)
		}
	}
	return link
}

// file is a file and what describes it.
func (b *Builder) file(v catalog.Video, f catalog.File, address, format string) []vocab.Link {
	media := "video/mp4"
	if !f.HasVideo {
		media = "audio/mp4"
	}
	height, width, fps := f.Height, f.Width, f.FPS
	link := vocab.Link{
		Type: "Link", MediaType: media, Href: address, Height: &height, Width: &width, Size: f.Bytes, FPS: &fps,
		Attachment: properties(f, format),
	}
	return []vocab.Link{link, {
		Type: "Link", Rel: []string{"metadata", media}, MediaType: "application/json", Height: &height, Width: &width, FPS: &fps,
		Href: fmt.Sprintf("%s/api/v1/videos/%s/metadata/%d", b.URL, v.ID, f.Number),
	}}
}

func properties(f catalog.File, format string) []vocab.Property {
	var list []vocab.Property
	add := func(isSo bool, name, value string) {
		if isSo {
			list = append(list, vocab.Property{Type: "PropertyValue", Name: name, Value: value})
		}
	}
	add(f.HasAudio, "ffprobe_codec_type", "audio")
	add(f.HasVideo, "ffprobe_codec_type", "video")
	add(true, "peertube_format_flag", format)
	return list
}

func private(v catalog.Video) string {
	if v.HasPrivateFiles {
		return "private/"
	}
	return ""
}
