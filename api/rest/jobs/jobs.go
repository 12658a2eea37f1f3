// Package jobs answers /api/v1/jobs: media jobs and operational work in one list, as PeerTube's queue shows them.
//
// It may import queries of projections, workers/queue and internal.
package jobs

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/mux"
	"github.com/riverqueue/river/rivertype"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	commandsjob "vidilog/commands/job"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/leases"
	"vidilog/projections/jobs"
	"vidilog/workers/queue"
)

// Pauser stops taking up media jobs; the queue does the same for other work.
type Pauser interface {
	Pause()
	Resume()
}

// API answers the routes of this package.
type API struct {
	Jobs     *jobs.Jobs
	Queue    *queue.Queue
	Leases   *leases.Table
	Commands *commandsjob.Handlers
	Workers  Pauser
	Writes   respond.Writes
}

// Router routes below /api/v1/jobs.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	on := func(method, path, operation string, h respond.Handler) {
		guarded := authn.RequiredRight(user.RightManageJobs, h)
		r.Handle("/api/v1/jobs"+path, httpx.WithOperation(operation, guarded)).Methods(method)
	}
	on(http.MethodPost, "/pause", "pauseJobs", a.pause)
	on(http.MethodPost, "/resume", "resumeJobs", a.resume)
	on(http.MethodPost, "/{id}/retry", "retryJob", a.retry)
	on(http.MethodGet, "", "getJobs", a.list)
	on(http.MethodGet, "/{state}", "getJobs", a.list)
	return r
}

func (a *API) pause(w http.ResponseWriter, r *http.Request) error {
	if err := a.Queue.Pause(r.Context()); err != nil {
		return err
	}
	a.Workers.Pause()
	httpx.NoContent(w)
	return nil
}

func (a *API) resume(w http.ResponseWriter, r *http.Request) error {
	if err := a.Queue.Resume(r.Context()); err != nil {
		return err
	}
	a.Workers.Resume()
	httpx.NoContent(w)
	return nil
}

// retry answers POST /api/v1/jobs/{uuid}/retry, an endpoint of our own: a failed media job gets new attempts.
func (a *API) retry(w http.ResponseWriter, r *http.Request) error {
	id, err := kernel.ParseID[kernel.JobKind](mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Retry(r.Context(), authn.Caller(r), commandsjob.Retry{JobID: id})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// states translates PeerTube's queue states: to those of media jobs and to River's.
var states = map[string]struct {
	media []int
	work  []rivertype.JobState
}{
	"active":    {[]int{jobs.Processing}, []rivertype.JobState{rivertype.JobStateRunning}},
	"completed": {[]int{jobs.Completed}, []rivertype.JobState{rivertype.JobStateCompleted}},
	"failed": {
		[]int{jobs.Errored, jobs.Cancelled, jobs.ParentErrored, jobs.ParentCancelled},
		[]rivertype.JobState{rivertype.JobStateDiscarded, rivertype.JobStateCancelled},
	},
	"waiting":          {[]int{jobs.Pending}, []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending}},
	"delayed":          {nil, []rivertype.JobState{rivertype.JobStateScheduled, rivertype.JobStateRetryable}},
	"waiting-children": {[]int{jobs.WaitingForParent}, nil},
	"prioritized":      {},
	"paused":           {},
}

// stateOf is the name of a media job's state in PeerTube's queue.
func stateOf(state int) string {
	for name, s := range states {
		if slices.Contains(s.media, state) {
			return name
		}
	}
	return "unknown"
}

func workStateOf(state rivertype.JobState) string {
	for name, s := range states {
		if slices.Contains(s.work, state) {
			return name
		}
	}
	return "unknown"
}

// entry is one job in PeerTube's shape.
type entry struct {
	ID          string      `json:"id"`
	State       string      `json:"state"`
	Type        string      `json:"type"`
	Data        any         `json:"data"`
	Parent      *parent     `json:"parent,omitempty"`
	Progress    int         `json:"progress"`
	Priority    *int        `json:"priority,omitempty"`
	Error       any         `json:"error"`
	CreatedAt   shape.Time  `json:"createdAt"`
	FinishedOn  *shape.Time `json:"finishedOn"`
	ProcessedOn *shape.Time `json:"processedOn"`
}

type parent struct {
	ID string `json:"id"`
}

// transcodingType is the name PeerTube's queue has for all transcoding jobs.
const transcodingType = "video-transcoding"

type resultList struct {
	Total int     `json:"total"`
	Data  []entry `json:"data"`
}

// list answers GET /api/v1/jobs and /api/v1/jobs/{state}.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	start, count := q.Page()
	_, ascending := q.Sort("-createdAt", "createdAt")
	if err := q.Err(); err != nil {
		return err
	}
	name := mux.Vars(r)["state"]
	wanted, known := states[name]
	if name != "" && !known {
		e := kernel.Invalid("state", "Invalid value")
		e.Data = map[string]any{"location": "params", "value": name}
		return e
	}
	if name == "" {
		for _, s := range states {
			wanted.media, wanted.work = append(wanted.media, s.media...), append(wanted.work, s.work...)
		}
	}
	if kind := q.Text("jobType"); kind != "" && !slices.Contains(types, kind) {
		q.Refuse("jobType", "Invalid value")
		return q.Err()
	}
	list, err := a.page(r.Context(), wanted.media, wanted.work, q.Text("jobType"), start, count, ascending)
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, list)
}

// page merges the first start+count of both lists by time.
func (a *API) page(ctx context.Context, media []int, work []rivertype.JobState, kind string, start, count int, ascending bool) (resultList, error) {
	list := resultList{Data: []entry{}}
	if len(media) > 0 && (kind == "" || kind == transcodingType) {
		page, err := a.Jobs.List(ctx, jobs.Filter{States: media, Count: start + count, Ascending: ascending})
		if err != nil {
			return list, err
		}
		running, err := a.Leases.Progress(ctx, uuid.NullUUID{})
		if err != nil {
			return list, err
		}
		list.Total += page.Total
		for _, j := range page.Jobs {
			list.Data = append(list.Data, mediaEntry(j, running[j.ID.UUID]))
		}
	}
	if len(work) > 0 && kind != transcodingType {
		total, err := a.Queue.Count(ctx, work, kind)
		if err != nil {
			return list, err
		}
		entries, err := a.Queue.List(ctx, work, kind, start+count, 0, ascending)
		if err != nil {
			return list, err
		}
		list.Total += total
		for _, e := range entries {
			list.Data = append(list.Data, workEntry(e))
		}
	}
	slices.SortStableFunc(list.Data, func(x, y entry) int {
		if ascending {
			x, y = y, x
		}
		return timeOf(y).Compare(timeOf(x))
	})
	list.Data = list.Data[min(start, len(list.Data)):min(start+count, len(list.Data))]
	return list, nil
}

func mediaEntry(j jobs.Job, progress int) entry {
	kind := "new-resolution-to-web-video"
	switch {
	case j.Type == string(job.AudioMergeTranscoding):
		kind = "merge-audio-to-web-video"
	case j.Optimises:
		kind = "optimize-to-web-video"
	case j.PlaylistName != "":
		kind = "new-resolution-to-hls"
	}
	e := entry{
		ID: j.ID.String(), State: stateOf(j.State), Type: transcodingType, Progress: progress, Priority: &j.Priority,
		Data: map[string]any{
			"type": kind, "videoUUID": j.VideoID.String(), "resolution": j.Resolution, "fps": j.FPS, "isNewVideo": true,
			"hasChildren": j.HasChildren, "copyCodecs": j.CopyCodecs, "quickTranscode": j.QuickCopy,
		},
		CreatedAt: shape.Time(j.RequestedAt), FinishedOn: shape.TimeOrNull(j.FinishedAt), ProcessedOn: shape.TimeOrNull(j.StartedAt),
	}
	if j.State == jobs.Completed {
		e.Progress = 100
	}
	if !j.Parent.IsZero() {
		e.Parent = &parent{ID: j.Parent.String()}
	}
	if j.Message != "" {
		e.Error = map[string]string{"message": j.Message}
	}
	return e
}

func workEntry(q queue.Entry) entry {
	e := entry{
		ID: strconv.FormatInt(q.ID, 10), State: workStateOf(q.State), Type: q.Kind, Data: json.RawMessage(q.Data),
		CreatedAt: shape.Time(q.CreatedAt), FinishedOn: shape.TimeOrNull(q.EndedAt), ProcessedOn: shape.TimeOrNull(q.StartedAt),
	}
	if q.State == rivertype.JobStateCompleted {
		e.Progress = 100
	}
	if q.Error != "" {
		e.Error = map[string]string{"message": q.Error}
	}
	return e
}

func timeOf(e entry) time.Time { return time.Time(e.CreatedAt) }
