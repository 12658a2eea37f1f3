package videos

import (
	"net/http"

	"github.com/google/uuid"

	"vidilog/api/rest/access"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/jobs"
)

// transcodingJob is one rendition that is being made.
type transcodingJob struct {
	UUID       string         `json:"uuid"`
	Type       string         `json:"type"`
	Resolution shape.Constant `json:"resolution"`
	State      shape.Constant `json:"state"`
	Progress   int            `json:"progress"`
	Failures   int            `json:"failures"`
	Error      *string        `json:"error"`
}

// transcodingAnswer is how far a video is; it is an endpoint of our own.
type transcodingAnswer struct {
	State shape.Constant `json:"state"`
	// Progress over all jobs in per cent, the mean of theirs.
	Progress int              `json:"progress"`
	Error    *string          `json:"error"`
	Jobs     []transcodingJob `json:"jobs"`
}

// transcoding answers GET /api/v1/videos/{id}/transcoding to the owner and those who may run transcoding.
func (a *API) transcoding(w http.ResponseWriter, r *http.Request) error {
	ref, _, err := access.Reference(r)
	if err != nil {
		return err
	}
	v, err := a.Catalog.Video(r.Context(), ref)
	if err != nil {
		return err
	}
	if !access.IsManager(r, v.Key, user.RightRunTranscoding) {
		return kernel.Forbidden("Only the owner can see how a video is transcoded.")
	}
	list, err := a.Jobs.OfVideo(r.Context(), v.ID)
	if err != nil {
		return err
	}
	running, err := a.Leases.Progress(r.Context(), uuid.NullUUID{UUID: v.ID.UUID, Valid: true})
	if err != nil {
		return err
	}
	answer := transcodingAnswer{State: shape.State(v.State), Error: textOrNull(v.Failure), Jobs: []transcodingJob{}}
	sum := 0
	for _, j := range list {
		job := shapeJob(j, running[j.ID.UUID])
		sum += job.Progress
		answer.Jobs = append(answer.Jobs, job)
	}
	if len(list) > 0 {
		answer.Progress = sum / len(list)
	} else {
		answer.Progress = 100
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

func shapeJob(j jobs.Job, progress int) transcodingJob {
	if j.State == jobs.Completed {
		progress = 100
	}
	return transcodingJob{
		UUID: j.ID.String(), Type: j.Type, Resolution: shape.Resolution(j.Resolution, 0, 0), State: shape.JobState(j.State),
		Progress: progress, Failures: j.Attempts, Error: textOrNull(j.Message),
	}
}

func textOrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
