package search

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"vidilog/api/rest/decode"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

const (
	// pages of the overview, and how many videos each of its rows has; PeerTube's OVERVIEWS.VIDEOS.
	pages  = 20
	perRow = 12
)

// row is one row of the overview: the videos of a category, channel or tag.
type row struct {
	Category json.RawMessage   `json:"category,omitempty"`
	Channel  json.RawMessage   `json:"channel,omitempty"`
	Tag      string            `json:"tag,omitempty"`
	Videos   []json.RawMessage `json:"videos"`
}

type overview struct {
	Categories []row `json:"categories"`
	Channels   []row `json:"channels"`
	Tags       []row `json:"tags"`
}

// overview answers GET /api/v1/overviews/videos: a category, a channel and a tag per page, drawn anew every few hours.
func (a *API) overview(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	page := 1
	if n := q.Int("page"); n != nil {
		if page = *n; page < 1 || page > pages {
			q.Refuse("page", "Invalid value")
		}
	}
	if err := q.Err(); err != nil {
		return err
	}
	samples, err := a.drawn(r.Context())
	if err != nil {
		return err
	}
	answer := overview{Categories: []row{}, Channels: []row{}, Tags: []row{}}
	i := page - 1
	if i < len(samples.Categories) {
		err = a.row(r, &answer.Categories, "", func(f *catalog.Filter) { f.Categories = []int{samples.Categories[i]} })
	}
	if err == nil && i < len(samples.Channels) {
		err = a.row(r, &answer.Channels, "", func(f *catalog.Filter) { f.ChannelID = &samples.Channels[i] })
	}
	if err == nil && i < len(samples.Tags) {
		err = a.row(r, &answer.Tags, samples.Tags[i], func(f *catalog.Filter) { f.TagsOneOf = []string{samples.Tags[i]} })
	}
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// row adds a row unless nobody may see any of its videos. Category and channel are shown as the first video shows them.
func (a *API) row(r *http.Request, to *[]row, tag string, fit func(*catalog.Filter)) error {
	found, err := a.Videos.Some(r, perRow, fit)
	if err != nil || len(found) == 0 {
		return err
	}
	made := row{Tag: tag, Videos: found}
	if tag == "" {
		var first struct{ Category, Channel json.RawMessage }
		if err := json.Unmarshal(found[0], &first); err != nil {
			return err
		}
		var f catalog.Filter
		if fit(&f); f.ChannelID != nil {
			made.Channel = first.Channel
		} else {
			made.Category = first.Category
		}
	}
	*to = append(*to, made)
	return nil
}

// drawn answers the samples of the moment. Drawing reads all videos, so one draw serves everybody for a while.
func (a *API) drawn(ctx context.Context) (catalog.Samples, error) {
	constants := a.Config().Constants
	a.sampling.Lock()
	defer a.sampling.Unlock()
	if time.Since(a.sampled) < constants.OverviewMemo {
		return a.samples, nil
	}
	samples, err := a.Catalog.Samples(ctx, constants.OverviewSampleThreshold, pages)
	if err == nil {
		a.samples, a.sampled = samples, time.Now()
	}
	return samples, err
}
