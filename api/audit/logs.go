// Package audit answers questions about the log itself. It is the one part of the edge that reads it: everything else is shown from read
// models.
//
// It may import the ports of the event store, domain/…, queries of projections, api and internal. Read logs.go.
package audit

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/server"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
	"vidilog/internal/httpx"
	"vidilog/projections/audit"
)

// API answers the routes of this package.
type API struct {
	// Envelopes finds events, Reader reads them and Decoder says what they are.
	Envelopes *audit.Audit
	Reader    eventstore.Reader
	Decoder   interface {
		Decode(r eventstore.Recorded) (eventstore.Event, error)
	}
	// Name answers the user name of somebody, empty for one who is gone.
	Name func(ctx context.Context, id kernel.UserID) (string, error)
}

// mostEntries bounds one answer; of more, the newest.
const mostEntries = 1_000

// Logs answers GET /api/v1/server/audit-logs: what people did, in the form of PeerTube's audit log, from the log.
func (a *API) Logs() http.Handler {
	guarded := authn.RequiredRight(user.RightManageLogs, respond.Handler(a.logs))
	return httpx.WithOperation("getInstanceAuditLogs", guarded)
}

// entry is a line of PeerTube's audit log; Message is JSON again.
type entry struct {
	Timestamp string `json:"timestamp"`
	Level     string `json:"level"`
	Message   string `json:"message"`
}

func (a *API) logs(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	from, to := server.Span(q)
	if err := q.Err(); err != nil {
		return err
	}
	found, err := a.Envelopes.OfPeople(r.Context(), from, to, mostEntries)
	if err != nil {
		return err
	}
	entries := []entry{}
	for _, e := range slices.Backward(found) {
		domain, action, isKnown := meaning(e.Type)
		if !isKnown {
			continue
		}
		one, err := a.entry(r.Context(), e, domain, action)
		if err != nil {
			return err
		}
		entries = append(entries, one)
	}
	return httpx.JSON(w, r, http.StatusOK, entries)
}

func (a *API) entry(ctx context.Context, e audit.Envelope, domain, action string) (entry, error) {
	name := ""
	if id, err := kernel.ParseID[kernel.UserKind](e.Actor.ID); err == nil {
		if name, err = a.Name(ctx, id); err != nil && kernel.CodeOf(err) != kernel.CodeNotFound {
			return entry{}, err
		}
	}
	message := map[string]any{"user": name, "domain": domain, "action": action, "event": e.Type, "position": e.Position}
	recorded, err := a.Reader.Read(ctx, e.Position-1, 1)
	if err != nil {
		return entry{}, err
	}
	if len(recorded) == 1 {
		if event, err := a.Decoder.Decode(recorded[0]); err == nil { // without what is in it, the entry still says who did what
			message["data"] = event.Data
		}
	}
	text, err := json.Marshal(message)
	return entry{Timestamp: e.RecordedAt.UTC().Format(time.RFC3339Nano), Level: "audit", Message: string(text)}, err
}

// meanings are PeerTube's words for events of people; what follows from them, or is about the machine, is not in its audit log.
var meanings = map[string][2]string{
	"video.uploaded": {"videos", "create"}, "video.updated": {"videos", "update"}, "video.deleted": {"videos", "delete"},
	"user.created": {"users", "create"}, "user.settings-changed": {"users", "update"},
	"user.quota-changed": {"users", "update"}, "user.role-changed": {"users", "update"}, "user.email-changed": {"users", "update"},
	"user.password-changed": {"users", "update"}, "user.blocked": {"users", "update"}, "user.unblocked": {"users", "update"},
	"user.deleted":    {"users", "delete"},
	"channel.created": {"channels", "create"}, "channel.updated": {"channels", "update"}, "channel.deleted": {"channels", "delete"},
	"instance.customised": {"config", "update"},
	"abuse.reported":      {"abuse", "create"}, "abuse.state-set": {"abuse", "update"}, "abuse.deleted": {"abuse", "delete"},
}

func meaning(event string) (domain, action string, isKnown bool) {
	words, isKnown := meanings[event]
	return words[0], words[1], isKnown
}
