package effects

import (
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// Files says where the files of a video lie, and takes them away. Names that are not there are no error for removals.
type Files interface {
	// Rendition is the path of the media file of a rendition that v has.
	Rendition(v video.Video, r video.Rendition) (string, error)
	// HLSDirectory is the folder of a video's HLS files; it exists after the call.
	HLSDirectory(private bool, id kernel.VideoID) (string, error)
	// Thumbnail, Preview and Storyboard are the paths of pictures.
	Thumbnail(name string) string
	Preview(name string) string
	Storyboard(name string) string
	// Torrent is the path of a .torrent file.
	Torrent(name string) string
	// RemoveRendition removes files of a kind under public and private paths.
	RemoveRendition(kind video.RenditionKind, id kernel.VideoID, names []string) error
	// RemoveHLSDirectory removes the whole folder of a video under public and private paths.
	RemoveHLSDirectory(id kernel.VideoID) error
	// RemovePictures removes a thumbnail and a preview; empty names are skipped.
	RemovePictures(thumbnail, preview string) error
	// RemoveOriginal removes an uploaded file that was kept as it came; an empty name is skipped.
	RemoveOriginal(name string) error
	// RemoveCaption removes the file of a caption; an empty name is skipped.
	RemoveCaption(name string) error
	// RemoveStoryboard removes a storyboard; an empty name is skipped.
	RemoveStoryboard(name string) error
	// RemoveTorrent removes a .torrent file; an empty name is skipped.
	RemoveTorrent(name string) error
	// LinkRendition makes files that lie under the paths of one privacy reachable under those of the other too.
	LinkRendition(kind video.RenditionKind, id kernel.VideoID, names []string, toPrivate bool) error
	// UnlinkRendition removes files under the paths of one privacy.
	UnlinkRendition(kind video.RenditionKind, id kernel.VideoID, names []string, private bool) error
}
