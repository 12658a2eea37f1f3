package video

import (
	"slices"

	"vidilog/domain/kernel"
)

// RemoveWebVideos removes all progressive files of a video that streams by HLS.
type RemoveWebVideos struct{}

// RemoveWebVideo removes one progressive file.
type RemoveWebVideo struct{ FileID int64 }

// Decide answers RenditionRemoved per file; or a refusal in PeerTube's words: CodeInvalid where there is nothing to remove, or
// nothing to watch would be left.
func (RemoveWebVideos) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if len(v.webVideos()) == 0 {
		return nil, kernel.Refuse(kernel.CodeInvalid, "This video does not have Web Video files")
	}
	if v.Playlist == nil {
		return nil, withoutPlaylist()
	}
	return DropWebVideos{}.Decide(v)
}

// Decide answers RenditionRemoved; CodeNotFound for a file that the video does not have; CodeInvalid for the last file of a
// video without HLS.
func (w RemoveWebVideo) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	files := v.webVideos()
	i := slices.IndexFunc(files, func(r Rendition) bool { return r.FileID == w.FileID })
	switch {
	case i < 0:
		return nil, kernel.NotFound("This video does not have this Web Video file id")
	case len(files) == 1 && v.Playlist == nil:
		return nil, withoutPlaylist()
	}
	return []kernel.Event{v.removal(files[i])}, nil
}

func withoutPlaylist() error {
	return kernel.Refuse(kernel.CodeInvalid, "Cannot delete Web Video files since this video does not have HLS playlist")
}

func (v Video) webVideos() []Rendition {
	return slices.DeleteFunc(slices.Clone(v.Renditions), func(r Rendition) bool { return r.Kind != WebVideo })
}
