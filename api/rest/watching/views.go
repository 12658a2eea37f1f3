package watching

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/views"
	"vidilog/projections/catalog"
)

// sessionPattern is PeerTube's form of a session id.
var sessionPattern = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)

// view answers POST and PUT /api/v1/videos/{id}/views, what a player says every few seconds. Who may see the video is not asked,
// as in PeerTube: the ping shows nothing of it, and players send no password with it.
func (a *API) view(w http.ResponseWriter, r *http.Request) error {
	ref, _, err := access.Reference(r)
	if err != nil {
		return err
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	at, _ := fields.Int("currentTime")
	if at == nil {
		fields.Refuse("currentTime", "Invalid value")
		return fields.Err()
	}
	key, err := a.Catalog.VideoKey(r.Context(), ref)
	if err != nil {
		return err
	}
	duration, err := a.seconds(r.Context(), key)
	if err != nil {
		return err
	}
	if *at < 0 || *at > duration {
		return kernel.Refuse(kernel.CodeInvalid, "Current time %d is invalid (video %s duration: %d)", *at, key.ID, duration)
	}
	if err := a.count(r, fields, key, *at, duration); err != nil {
		return err
	}
	httpx.NoContent(w)
	return nil
}

func (a *API) count(r *http.Request, fields *decode.Fields, key catalog.Key, at, duration int) error {
	event, _ := fields.Text("viewEvent")
	counted, err := a.Counter.Count(r.Context(), views.Ping{
		Video: key.ID.UUID, Session: a.session(r, fields), At: at, Duration: duration, Seek: event != nil && *event == "seek",
	})
	if err != nil {
		return kernel.Refuse(kernel.CodeUnavailable, "views cannot be counted at the moment")
	}
	if counted.Viewer {
		a.Audience.Arrived()
	}
	viewer := authn.Caller(r).UserID
	if viewer.IsZero() {
		return nil
	}
	wanted, err := a.KeepsHistory(r.Context(), viewer)
	if err != nil || !wanted {
		return err
	}
	return a.History.Note(r.Context(), viewer.UUID, key.ID.UUID, at)
}

// seconds is the duration of a video.
func (a *API) seconds(ctx context.Context, key catalog.Key) (int, error) {
	now := revision{key.ID, key.DetailRevision}
	if seconds, known := a.durations.Get(now); known {
		return seconds, nil
	}
	v, err := a.Catalog.Video(ctx, catalog.ByID(key.ID))
	if err != nil {
		return 0, err
	}
	a.durations.Add(now, v.Seconds)
	return v.Seconds, nil
}

// session tells viewers apart: by the player's own session where it is trusted, else by a keyed hash of the address.
func (a *API) session(r *http.Request, fields *decode.Fields) string {
	if id, _ := fields.Text("sessionId"); id != nil && a.TrustsSessions() && sessionPattern.MatchString(*id) {
		return *id
	}
	mac := hmac.New(sha256.New, a.Secret)
	mac.Write([]byte(httpx.ClientIP(r).String())) // never fails
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
