package media

import (
	"context"
	"path/filepath"

	"vidilog/domain/transcoding"
)

// HLSIndex asks for the two files that belong to all renditions of a video: master playlist and segment hashes.
type HLSIndex struct {
	// Directory is the video's. MasterName and HashesName are new with every change, so that a player that holds the old
	// ones is not confused half way.
	Directory, MasterName, HashesName string
	Renditions                        []transcoding.Rendition
	// Known are hashes that need not be computed again; those of other renditions are read from their files.
	Known []transcoding.MediaHashes
	// Seconds is the duration of the video.
	Seconds int
}

// WriteHLSIndex writes both. The master comes last: where it is, everything it leads to is.
func (t *Tools) WriteHLSIndex(ctx context.Context, x HLSIndex) error {
	known := make(map[string]transcoding.MediaHashes, len(x.Known))
	for _, hashes := range x.Known {
		known[hashes.Media] = hashes
	}
	all := make([]transcoding.MediaHashes, 0, len(x.Renditions))
	for _, rendition := range x.Renditions {
		hashes, isKnown := known[rendition.Media]
		if !isKnown {
			var err error
			if hashes, err = t.HashSegments(ctx, x.Directory, rendition.Media); err != nil {
				return err
			}
		}
		all = append(all, hashes)
	}
	if err := writeFile(filepath.Join(x.Directory, x.HashesName), transcoding.HashesDocument(all)); err != nil {
		return err
	}
	return writeFile(filepath.Join(x.Directory, x.MasterName), []byte(transcoding.MasterPlaylist(x.Renditions, x.Seconds)))
}

func writeFile(path string, content []byte) error {
	file, err := newPartial(path)
	if err != nil {
		return err
	}
	defer file.discard()
	if err := file.write(content); err != nil {
		return err
	}
	return file.commit()
}
