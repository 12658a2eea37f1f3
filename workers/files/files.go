// Package files says where the files of a video lie on this machine's storage, for workers that make, move and remove them.
//
// It may import domain/… and internal. Read files.go, then reconcile.go.
package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/storage"
)

// Files maps a video's files to storage.
type Files struct{ store *storage.FileSystem }

// New makes the mapping.
func New(store *storage.FileSystem) *Files { return &Files{store: store} }

// WebVideo is the path of a progressive file.
func (f *Files) WebVideo(private bool, name string) string {
	return filepath.Join(f.store.Folder(webKind(private)), filepath.Base(name))
}

// Thumbnail is the path of a thumbnail.
func (f *Files) Thumbnail(name string) string {
	return filepath.Join(f.store.Folder(storage.Thumbnail), filepath.Base(name))
}

// Preview is the path of a preview.
func (f *Files) Preview(name string) string {
	return filepath.Join(f.store.Folder(storage.Preview), filepath.Base(name))
}

// HLSDirectory is the folder of a video's HLS files; it exists after the call.
func (f *Files) HLSDirectory(private bool, id kernel.VideoID) (string, error) {
	directory := filepath.Join(f.store.Folder(hlsKind(private)), id.String())
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return "", fmt.Errorf("make the folder of HLS files: %w", err)
	}
	return directory, nil
}

// Rendition is the path of the media file of a rendition that v has.
func (f *Files) Rendition(v video.Video, r video.Rendition) (string, error) {
	return f.store.Path(location(r.Kind, v.ID, r.FileName, v.PrivateFiles))
}

// Storyboard is the path of a storyboard.
func (f *Files) Storyboard(name string) string {
	return filepath.Join(f.store.Folder(storage.Storyboard), filepath.Base(name))
}

// Torrent is the path of a .torrent file.
func (f *Files) Torrent(name string) string {
	return filepath.Join(f.store.Folder(storage.Torrent), filepath.Base(name))
}

// RemoveTorrent removes a .torrent file; an empty name is skipped.
func (f *Files) RemoveTorrent(name string) error {
	if name == "" {
		return nil
	}
	return f.store.Remove(storage.Location{Kind: storage.Torrent, Name: name})
}

func webKind(private bool) storage.Kind {
	if private {
		return storage.PrivateWebVideo
	}
	return storage.WebVideo
}

func hlsKind(private bool) storage.Kind {
	if private {
		return storage.PrivateHLS
	}
	return storage.HLS
}

// location is where a rendition's file lies.
func location(kind video.RenditionKind, id kernel.VideoID, name string, private bool) storage.Location {
	if kind == video.HLS {
		return storage.Location{Kind: hlsKind(private), Name: id.String() + "/" + name}
	}
	return storage.Location{Kind: webKind(private), Name: name}
}

// Discard removes what a job of this order wrote.
func (f *Files) Discard(id kernel.VideoID, order job.Order) error {
	kind, names := video.WebVideo, []string{order.FileName}
	if order.Type == job.HLSTranscoding {
		kind, names = video.HLS, []string{order.FileName, order.PlaylistName}
	}
	return f.RemoveRendition(kind, id, names)
}

// RemoveRendition removes files of a kind under public and private paths.
func (f *Files) RemoveRendition(kind video.RenditionKind, id kernel.VideoID, names []string) error {
	return errors.Join(f.UnlinkRendition(kind, id, names, false), f.UnlinkRendition(kind, id, names, true))
}

// UnlinkRendition removes files under the paths of one privacy.
func (f *Files) UnlinkRendition(kind video.RenditionKind, id kernel.VideoID, names []string, private bool) error {
	var failures []error
	for _, name := range names {
		failures = append(failures, f.store.Remove(location(kind, id, name, private)))
	}
	return errors.Join(failures...)
}

// RemoveOriginal removes an uploaded file that was kept as it came; an empty name is skipped.
func (f *Files) RemoveOriginal(name string) error {
	if name == "" {
		return nil
	}
	return f.store.Remove(storage.Location{Kind: storage.OriginalVideoFile, Name: name})
}

// RemoveHLSDirectory removes the whole folder of a video under public and private paths.
func (f *Files) RemoveHLSDirectory(id kernel.VideoID) error {
	return errors.Join(
		f.store.Remove(storage.Location{Kind: storage.HLS, Name: id.String()}),
		f.store.Remove(storage.Location{Kind: storage.PrivateHLS, Name: id.String()}),
	)
}

// RemovePictures removes a thumbnail and a preview; empty names are skipped.
func (f *Files) RemovePictures(thumbnail, preview string) error {
	var failures []error
	if thumbnail != "" {
		failures = append(failures, f.store.Remove(storage.Location{Kind: storage.Thumbnail, Name: thumbnail}))
	}
	if preview != "" {
		failures = append(failures, f.store.Remove(storage.Location{Kind: storage.Preview, Name: preview}))
	}
	return errors.Join(failures...)
}

// RemoveCaption removes the file of a caption; an empty name is skipped.
func (f *Files) RemoveCaption(name string) error {
	if name == "" {
		return nil
	}
	return f.store.Remove(storage.Location{Kind: storage.Caption, Name: name})
}

// RemoveStoryboard removes a storyboard; an empty name is skipped.
func (f *Files) RemoveStoryboard(name string) error {
	if name == "" {
		return nil
	}
	return f.store.Remove(storage.Location{Kind: storage.Storyboard, Name: name})
}

// RemoveActorImages removes avatars and banners.
func (f *Files) RemoveActorImages(names []string) error {
	var failures []error
	for _, name := range names {
		failures = append(failures, f.store.Remove(storage.Location{Kind: storage.Avatar, Name: name}))
	}
	return errors.Join(failures...)
}

// LinkRendition makes files reachable under the paths of a privacy that lie under those of the other. It links where it can,
// so that moving a large video costs nothing; a file that is in neither place is the reconciler's business.
func (f *Files) LinkRendition(kind video.RenditionKind, id kernel.VideoID, names []string, toPrivate bool) error {
	if kind == video.HLS && len(names) > 0 {
		if _, err := f.HLSDirectory(toPrivate, id); err != nil {
			return err
		}
	}
	var failures []error
	for _, name := range names {
		failures = append(failures, f.link(location(kind, id, name, !toPrivate), location(kind, id, name, toPrivate)))
	}
	return errors.Join(failures...)
}

func (f *Files) link(from, to storage.Location) error {
	source, err := f.store.Path(from)
	if err != nil {
		return err
	}
	target, err := f.store.Path(to)
	if err != nil {
		return err
	}
	err = os.Link(source, target)
	switch {
	case err == nil, errors.Is(err, fs.ErrExist), errors.Is(err, fs.ErrNotExist):
		return nil
	}
	// Not one file system, or one without links: a copy under a temporary name does the same.
	content, err := f.store.OpenFile(from)
	if err != nil {
		return err
	}
	defer content.Close() // opened for reading
	_, err = f.store.Put(context.Background(), to, content)
	return err
}
