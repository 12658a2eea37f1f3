package users

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// day is the window of the daily quota.
const day = 24 * time.Hour

// page is PeerTube's page of anything.
type page[T any] struct {
	Total int `json:"total"`
	Data  []T `json:"data"`
}

// list answers GET /api/v1/users.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	f := catalog.UserFilter{Search: q.Text("search"), Blocked: q.Bool("blocked"), Role: q.Int("role"), Since: time.Now().Add(-day)}
	f.Start, f.Count = q.Page()
	f.Sort, f.Ascending = q.Sort("-createdAt", catalog.UserSorts...)
	if err := q.Err(); err != nil {
		return err
	}
	if f.Sort == catalog.ByLastLogin {
		var err error
		if f.ByLogin, err = a.Sessions.ByLastLogin(r.Context()); err != nil {
			return err
		}
	}
	people, total, err := a.Catalog.ListUsers(r.Context(), f)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(people))
	for i, u := range people {
		ids[i] = u.ID.UUID
	}
	logins, err := a.Sessions.LastLogins(r.Context(), ids)
	if err != nil {
		return err
	}
	answer := page[shape.User]{Total: total, Data: []shape.User{}}
	for _, u := range people {
		shaped := a.Site.UserForAdmins(u, lastLogin(logins, u.User))
		shaped.NotificationSettings = notificationDefaults()
		answer.Data = append(answer.Data, shaped)
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

func lastLogin(logins map[uuid.UUID]time.Time, u catalog.User) *time.Time {
	if at, known := logins[u.ID.UUID]; known {
		return &at
	}
	return nil
}

// get answers GET /api/v1/users/{id}.
func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	number, err := numberOf(r)
	if err != nil {
		return err
	}
	q := decode.QueryOf(r)
	withStats := q.Bool("withStats")
	if err := q.Err(); err != nil {
		return err
	}
	u, err := a.Catalog.UserStats(r.Context(), number, time.Now().Add(-day))
	if err != nil {
		return err
	}
	logins, err := a.Sessions.LastLogins(r.Context(), []uuid.UUID{u.ID.UUID})
	if err != nil {
		return err
	}
	channels, err := a.Catalog.ChannelsOfAccount(r.Context(), u.Account.ID)
	if err != nil {
		return err
	}
	answer := a.Site.UserForAdmins(u, lastLogin(logins, u.User))
	if withStats != nil && *withStats {
		if err := a.count(r.Context(), &answer, u); err != nil {
			return err
		}
	}
	for _, c := range channels {
		answer.VideoChannels = append(answer.VideoChannels, a.Site.ChannelWithoutOwner(c))
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// count adds how much a person has done here.
func (a *API) count(ctx context.Context, answer *shape.User, u catalog.UserStats) error {
	answer.Count(u)
	reports, err := a.Catalog.AbusesOf(ctx, u.Account.ID)
	answer.CountAbuses(reports)
	return err
}

// autocomplete answers GET /api/v1/users/autocomplete.
func (a *API) autocomplete(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	search := q.Text("search")
	if strings.TrimSpace(search) == "" {
		q.Refuse("search", "Should have a search")
		return q.Err()
	}
	names, err := a.Catalog.CompleteUsernames(r.Context(), search)
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, append([]string{}, names...))
}
