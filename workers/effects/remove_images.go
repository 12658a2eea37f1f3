package effects

import (
	"context"

	"github.com/riverqueue/river"

	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
)

// RemoveImages removes files of avatars and banners that nothing refers to any more. Each file has a name of its own, so one
// that was replaced never comes back.
type RemoveImages struct {
	Names   []string `json:"names"`
	Because Because  `json:"because"`
}

// Kind names the work in River.
func (RemoveImages) Kind() string { return "remove-actor-images" }

func (r RemoveImages) owedTo(b Because) river.JobArgs { r.Because = b; return r }

// ImageFiles takes images of actors away; names that are not there are no error.
type ImageFiles interface{ RemoveActorImages(names []string) error }

// RemoveImagesWorker removes images.
type RemoveImagesWorker struct {
	river.WorkerDefaults[RemoveImages]
	Files ImageFiles
}

// Work removes the files.
func (w *RemoveImagesWorker) Work(_ context.Context, work *river.Job[RemoveImages]) error {
	return w.Files.RemoveActorImages(work.Args.Names)
}

// imagesOf are the images that an event makes superfluous.
func imagesOf(e kernel.Event) []string {
	switch e := e.(type) {
	case account.AvatarChanged:
		return e.Replaced
	case account.Deleted:
		return e.Files
	case channel.AvatarChanged:
		return e.Replaced
	case channel.BannerChanged:
		return e.Replaced
	case instance.PictureChanged:
		return e.Replaced
	case channel.Deleted:
		return e.Files
	}
	return nil
}
