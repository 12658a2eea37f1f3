package job

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// Complete reports the result of a job, which is on disk under the names that the job's order fixed.
type Complete struct {
	JobID kernel.JobID `json:"jobId"`
	// Fence is the one that acceptance answered.
	Fence int `json:"fence"`
	// Rendition without its file number, which is drawn here.
	Rendition video.Rendition `json:"rendition"`
}

var complete = commands.Spec[Complete, struct{}]{Type: "job.complete", Needs: commands.ByServer(), Handle: handleComplete}

// Complete runs the command: the job's end and the video's new rendition are one append. Errors: CodeConflict when another
// worker holds the job, CodeNotFound when the video has been deleted; the caller then removes what it wrote.
func (h *Handlers) Complete(ctx context.Context, caller commands.Caller, c Complete) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, complete, c)
}

func handleComplete(ctx context.Context, w *commands.Work, c Complete) (struct{}, error) {
	j, err := commands.Load[job.Job](ctx, w, c.JobID.Stream())
	if err != nil {
		return struct{}{}, err
	}
	if c.Rendition.FileID, err = w.Number(ctx, "file", j.VideoID.Stream()); err != nil {
		return struct{}{}, err
	}
	if _, err = commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Complete{Fence: c.Fence, Rendition: c.Rendition}); err != nil {
		return struct{}{}, err
	}
	v, err := commands.Load[video.Video](ctx, w, j.VideoID.Stream())
	if err != nil {
		return struct{}{}, err
	}
	verb := video.AddRendition{Rendition: c.Rendition, Source: j.Order.Source}
	if j.Order.Optimises {
		verb.Supersedes = v.Original
	}
	_, err = commands.Decide[video.Video](ctx, w, j.VideoID.Stream(), verb)
	return struct{}{}, err
}
