package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// ReplaceSource gives a video another file, which is on disk under its final names and has been probed.
type ReplaceSource struct {
	VideoID kernel.VideoID `json:"videoId"`
	// Source is the number that the file is to have, one more than that of the file it replaces.
	Source     int                  `json:"source"`
	SourceName string               `json:"sourceName"`
	FileName   string               `json:"fileName"`
	Kept       string               `json:"kept,omitempty"`
	Probe      transcoding.Probe    `json:"probe"`
	Settings   transcoding.Settings `json:"settings"`
}

var replaceSource = commands.Spec[ReplaceSource, struct{}]{
	Type: "video.replace-source", Needs: commands.ByUser(), Handle: handleReplaceSource,
}

// ReplaceSource runs the command. Errors: CodeForbidden, CodeNotFound, CodeConflict while the video waits for transcoding,
// CodeTooLarge over its owner's quota.
func (h *Handlers) ReplaceSource(ctx context.Context, caller commands.Caller, c ReplaceSource) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, replaceSource, c)
}

// handleReplaceSource writes the video and its owner's storage in one append: the old file's bytes are given back first.
func handleReplaceSource(ctx context.Context, w *commands.Work, c ReplaceSource) (struct{}, error) {
	v, err := owned(ctx, w, c.VideoID, user.RightUpdateAnyVideo)
	if err != nil {
		return struct{}{}, err
	}
	number, err := w.Number(ctx, "file", c.VideoID.Stream())
	if err != nil {
		return struct{}{}, err
	}
	_, err = commands.Decide[video.Video](ctx, w, c.VideoID.Stream(), video.ReplaceSource{
		Source: c.Source, SourceName: c.SourceName, Original: original(number, c.FileName, c.Probe), Kept: c.Kept, Seconds: c.Probe.Seconds(),
		Probe: c.Probe, Settings: c.Settings,
	})
	if err != nil {
		return struct{}{}, err
	}
	held := kernel.StorageID{UUID: v.OwnerID.UUID}.Stream()
	if _, err := commands.Decide[storage.Storage](ctx, w, held, storage.Release{For: c.VideoID.String()}); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, reserve(ctx, w, v.OwnerID, c.VideoID, c.Probe.Size)
}

// RemoveKeptFile gives up the uploaded file that was kept as it came.
type RemoveKeptFile struct {
	VideoID kernel.VideoID `json:"videoId"`
}

var removeKeptFile = commands.Spec[RemoveKeptFile, struct{}]{
	Type:  "video.remove-kept-file",
	Needs: commands.ByRight(user.RightManageVideoFiles),
	Handle: func(ctx context.Context, w *commands.Work, c RemoveKeptFile) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightUpdateAnyVideo, video.RemoveKeptFile{})
	},
}

// RemoveKeptFile runs the command. Errors: CodeForbidden, CodeNotFound.
func (h *Handlers) RemoveKeptFile(ctx context.Context, caller commands.Caller, c RemoveKeptFile) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, removeKeptFile, c)
}
