package videos

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"

	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/views"
	"vidilog/projections/catalog"
)

// sessionPattern is PeerTube's form of a session id.
var sessionPattern = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)

// view answers POST /api/v1/videos/{id}/views, what a player says every few seconds.
func (a *API) view(w http.ResponseWriter, r *http.Request) error {
	key, hasUUID, err := a.Access.Find(r)
	if err != nil {
		return err
	}
	duration, err := a.seconds(r.Context(), key)
	if err != nil {
		return err
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	at, _ := fields.Int("currentTime")
	if at == nil || *at < 0 || *at > duration {
		fields.Refuse("currentTime", "Should have a current time of 0 to %d seconds", duration)
		return fields.Err()
	}
	if a.Access.Visible(r, key, hasUUID) != nil {
		httpx.NoContent(w)
		return nil //nolint:nilerr // answered and not counted, as PeerTube does
	}
	event, _ := fields.Text("viewEvent")
	ping := views.Ping{
		Video: key.ID.UUID, Session: a.session(r, fields), At: *at, Duration: duration, Seek: event != nil && *event == "seek",
	}
	if _, err := a.Views.Count(r.Context(), ping); err != nil {
		return kernel.Refuse(kernel.CodeUnavailable, "views cannot be counted at the moment")
	}
	httpx.NoContent(w)
	return nil
}

// seconds is the duration of a video.
func (a *API) seconds(ctx context.Context, key catalog.Key) (int, error) {
	kept := keyOf(key, inFull)
	if seconds, ok := a.Fragments.seconds.Get(kept); ok {
		return seconds, nil
	}
	v, err := a.Catalog.Video(ctx, catalog.ByID(key.ID))
	if err != nil {
		return 0, err
	}
	a.Fragments.seconds.Add(kept, v.Seconds)
	return v.Seconds, nil
}

// session tells viewers apart: by the player's own session, else by a keyed hash of the address.
func (a *API) session(r *http.Request, fields *decode.Fields) string {
	if id, _ := fields.Text("sessionId"); id != nil && sessionPattern.MatchString(*id) {
		return *id
	}
	mac := hmac.New(sha256.New, a.Secret)
	mac.Write([]byte(httpx.ClientIP(r).String())) // never fails
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
