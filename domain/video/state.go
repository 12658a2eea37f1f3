package video

import (
	"slices"

	"vidilog/domain/kernel"
)

// Video is what commands need to know of one.
type Video struct {
	Exists     bool
	Deleted    bool
	ID         kernel.VideoID
	IntegerID  int64
	ChannelID  kernel.ChannelID
	AccountID  kernel.AccountID
	OwnerID    kernel.UserID
	Attributes Attributes
	State      State
	// Seconds is the duration.
	Seconds int
	// Original is the uploaded file as long as no better web video has replaced it, empty afterwards.
	Original string
	// Kept is the name under which the uploaded file stays as it came, empty when it does not.
	Kept string
	// Source counts the files that have been replaced.
	Source     int
	Renditions []Rendition
	Playlist   *Playlist
	Pictures   Pictures
	// Torrents are the .torrent files by the name of the media file.
	Torrents map[string]string
	// Storyboard is the file name of the storyboard, empty without one.
	Storyboard string
	// PrivateFiles says where the files lie; it follows the privacy once they have been moved.
	PrivateFiles bool
	// WasPublished says that others have been able to see the video, whatever its state is now.
	WasPublished bool
	// Failure is why transcoding gave up, empty otherwise.
	Failure string
	// Passwords open the video while its privacy asks for one; nil otherwise.
	Passwords []Password
	Captions  []Caption
	// Chapters are in the order of time.
	Chapters []Chapter
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{
		Uploaded{},
		SourceReplaced{},
		KeptFileRemoved{},
		Updated{},
		Deleted{},
		Published{},
		PicturesAttached{},
		StoryboardAttached{},
		TorrentWritten{},
		Measured{},
		TranscodingRequested{},
		PlaylistRemoved{},
		RenditionAdded{},
		RenditionRemoved{},
		PlaylistWritten{},
		TranscodingFailed{},
		FilesMoved{},
		ViewsCounted{},
		PasswordsSet{},
		CaptionSet{},
		CaptionRemoved{},
		ChaptersSet{},
	}
}

// Apply folds one event. Slices are copied before they change, since a folded state may be shared by readers.
func (v Video) Apply(e kernel.Event) Video { //nolint:funlen // one case per event
	switch e := e.(type) {
	case Uploaded:
		v = Video{
			Exists: true, ID: e.VideoID, IntegerID: e.IntegerID, ChannelID: e.ChannelID, AccountID: e.AccountID, OwnerID: e.OwnerID,
			Attributes: e.Attributes, State: e.State, Original: e.Original.FileName, Renditions: []Rendition{e.Original},
			PrivateFiles: e.PrivateFiles, Seconds: e.Seconds, Kept: e.Kept, WasPublished: e.State == StatePublished,
		}
	case Measured:
		v.Seconds = e.Seconds
	case TranscodingRequested:
		v.State, v.Failure = StateToTranscode, ""
	case PlaylistRemoved:
		v.Playlist = nil
	case SourceReplaced:
		v = v.withSource(e)
	case KeptFileRemoved:
		v.Kept = ""
	case Updated:
		v.Attributes, v.ChannelID = e.Attributes, e.ChannelID
	case Deleted:
		v.Deleted = true
	case Published:
		v.State, v.Failure, v.WasPublished = StatePublished, "", true
	case PicturesAttached:
		v.Pictures = e.Pictures
	case TorrentWritten:
		v.Torrents = v.withTorrent(e.Media, e.Torrent.FileName)
	case StoryboardAttached:
		v.Storyboard = e.Storyboard.FileName
	case RenditionAdded:
		v.Renditions = append(without(v.Renditions, e.Rendition.Key()), e.Rendition)
	case RenditionRemoved:
		v = v.withoutFile(e)
	case PlaylistWritten:
		p := e.Playlist
		v.Playlist = &p
	case TranscodingFailed:
		v.State, v.Failure = StateTranscodingFailed, e.Reason
	case FilesMoved:
		v.PrivateFiles = e.Private
	case PasswordsSet:
		v.Passwords = e.Passwords
	case CaptionSet:
		v.Captions = append(v.withoutCaption(e.Caption.Language), e.Caption)
	case CaptionRemoved:
		v.Captions = v.withoutCaption(e.Language)
	case ChaptersSet:
		v.Chapters = e.Chapters
	case ViewsCounted:
		// counted in a stream of its own; nothing a decision about the video needs
	}
	return v
}

func (v Video) withoutFile(e RenditionRemoved) Video {
	v.Renditions = slices.DeleteFunc(slices.Clone(v.Renditions), func(r Rendition) bool { return r.FileName == e.FileName })
	if e.TorrentName != "" {
		v.Torrents = v.withTorrent(e.FileName, "")
	}
	if v.Original == e.FileName {
		v.Original = ""
	}
	return v
}

func without(all []Rendition, key RenditionKey) []Rendition {
	return slices.DeleteFunc(slices.Clone(all), func(r Rendition) bool { return r.Key() == key })
}

// Rendition answers the rendition of a kind and resolution.
func (v Video) Rendition(key RenditionKey) (Rendition, bool) {
	i := slices.IndexFunc(v.Renditions, func(r Rendition) bool { return r.Key() == key })
	if i < 0 {
		return Rendition{}, false
	}
	return v.Renditions[i], true
}

// StreamRenditions answers the HLS renditions, lowest resolution first: what a master playlist must list.
func (v Video) StreamRenditions() []Rendition {
	hls := slices.DeleteFunc(slices.Clone(v.Renditions), func(r Rendition) bool { return r.Kind != HLS })
	slices.SortFunc(hls, func(a, b Rendition) int { return a.Resolution - b.Resolution })
	return hls
}

// StreamMedia answers the file names of StreamRenditions.
func (v Video) StreamMedia() []string {
	var names []string
	for _, r := range v.StreamRenditions() {
		names = append(names, r.FileName)
	}
	return names
}

// mustStand answers CodeNotFound unless the video was uploaded and not deleted.
func (v Video) mustStand() error {
	if !v.Exists || v.Deleted {
		return kernel.NotFound("Video not found")
	}
	return nil
}
