package watching

import (
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/ops/viewers"
	"vidilog/projections/catalog"
)

type country struct {
	Code    string `json:"isoCode"`
	Viewers int64  `json:"viewers"`
}

type subdivision struct {
	Name    string `json:"name"`
	Viewers int64  `json:"viewers"`
}

type overall struct {
	TotalWatchTime   int64         `json:"totalWatchTime"`
	AverageWatchTime int64         `json:"averageWatchTime"`
	TotalViewers     int64         `json:"totalViewers"`
	Peak             int64         `json:"viewersPeak"`
	PeakDate         *shape.Time   `json:"viewersPeakDate"`
	Countries        []country     `json:"countries"`
	Subdivisions     []subdivision `json:"subdivisions"`
}

// overall answers GET /api/v1/videos/{id}/stats/overall.
func (a *API) overall(w http.ResponseWriter, r *http.Request) error {
	key, from, to, err := a.asked(r)
	if err != nil {
		return err
	}
	sum, err := a.Viewings.Overall(r.Context(), key.ID.UUID, from, to)
	if err != nil {
		return err
	}
	answer := overall{
		TotalWatchTime: sum.WatchTime, AverageWatchTime: sum.AverageWatchTime, TotalViewers: sum.Viewers, Peak: sum.Peak,
		PeakDate: shape.TimeOrNull(sum.PeakAt), Countries: []country{}, Subdivisions: []subdivision{},
	}
	for _, p := range sum.Countries {
		answer.Countries = append(answer.Countries, country{p.Name, p.Viewers})
	}
	for _, p := range sum.Regions {
		answer.Subdivisions = append(answer.Subdivisions, subdivision{p.Name, p.Viewers})
	}
	return ok(w, r, answer)
}

// asked answers whose statistics a request wants, and of which time. The order of refusals is PeerTube's.
func (a *API) asked(r *http.Request) (key catalog.Key, from, to *time.Time, err error) {
	if _, _, err = access.Reference(r); err != nil {
		return key, nil, nil, err
	}
	q := decode.QueryOf(r)
	from, to = q.Time("startDate"), q.Time("endDate")
	if err = q.Err(); err != nil {
		return key, nil, nil, err
	}
	key, err = a.Manage(r, user.RightSeeAllVideos)
	return key, from, to, err
}

type retained struct {
	Second  int     `json:"second"`
	Percent float64 `json:"retentionPercent"`
}

type retention struct {
	Data []retained `json:"data"`
}

// retention answers GET /api/v1/videos/{id}/stats/retention, in about a hundred steps.
func (a *API) retention(w http.ResponseWriter, r *http.Request) error {
	key, _, _, err := a.asked(r)
	if err != nil {
		return err
	}
	duration, err := a.seconds(r.Context(), key)
	if err != nil {
		return err
	}
	step := max(int(math.Round(float64(duration)/100)), 1)
	parts, err := a.Viewings.Retention(r.Context(), key.ID.UUID, duration, step)
	if err != nil {
		return err
	}
	answer := retention{Data: []retained{}}
	for _, p := range parts {
		answer.Data = append(answer.Data, retained{p.Second, p.Share * 100})
	}
	return ok(w, r, answer)
}

type point struct {
	Date  shape.Time `json:"date"`
	Value int64      `json:"value"`
}

type series struct {
	Interval string  `json:"groupInterval"`
	Data     []point `json:"data"`
}

// maxSpan bounds a series; PeerTube's STATS_TIMESERIE.MAX_DAYS.
const maxSpan = 365 * 10 * 24 * time.Hour

// timeseries answers GET /api/v1/videos/{id}/stats/timeseries/{metric}. Without a time it is all the video's life.
func (a *API) timeseries(w http.ResponseWriter, r *http.Request) error {
	metric := viewers.Metric(mux.Vars(r)["metric"])
	if metric != viewers.Viewers && metric != viewers.WatchTime {
		e := kernel.Invalid("metric", "Invalid value")
		e.Data = map[string]any{"location": "params", "value": string(metric)}
		return e
	}
	key, from, to, err := a.asked(r)
	switch {
	case err != nil:
		return err
	case (from == nil) != (to == nil):
		return kernel.Refuse(kernel.CodeInvalid, "Both start date and end date should be defined if one of them is specified")
	case from != nil && to.Sub(*from) > maxSpan:
		return kernel.Refuse(kernel.CodeInvalid, "Star date and end date interval is too big")
	case from == nil:
		v, err := a.Catalog.Video(r.Context(), catalog.ByID(key.ID))
		if err != nil {
			return err
		}
		now := time.Now().UTC()
		from, to = &v.CreatedAt, &now
	}
	interval := intervalOf(to.Sub(*from))
	points, err := a.Viewings.Series(r.Context(), key.ID.UUID, metric, begin(*from, interval), *to, interval)
	if err != nil {
		return err
	}
	answer := series{Interval: interval, Data: []point{}}
	for _, p := range points {
		answer.Data = append(answer.Data, point{shape.Time(p.At), p.Value})
	}
	return ok(w, r, answer)
}

const (
	day   = 24 * time.Hour
	month = 31 * day
	year  = 365 * day
)

// intervals are PeerTube's: from which span on which interval.
var intervals = []struct {
	span     time.Duration
	interval string
}{
	{6 * year, "6 months"},
	{2 * year, "1 month"},
	{6 * month, "7 days"},
	{2 * month, "2 days"},
	{15 * day, "1 day"},
	{8 * day, "12 hours"},
	{4 * day, "6 hours"},
	{15 * time.Hour, "1 hour"},
	{3 * time.Hour, "10 minutes"},
}

func intervalOf(span time.Duration) string {
	for _, i := range intervals {
		if span >= i.span {
			return i.interval
		}
	}
	return "1 minute"
}

// begin cuts a moment to a whole unit of the interval.
func begin(at time.Time, interval string) time.Time {
	at = at.UTC()
	switch {
	case strings.Contains(interval, "month"):
		return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	case strings.Contains(interval, "day"):
		return at.Truncate(day)
	case strings.Contains(interval, "hour"):
		return at.Truncate(time.Hour)
	}
	return at.Truncate(time.Minute)
}
