package server

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"time"
	"unicode/utf8"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/telemetry"
)

// Limits of what clients may say in the log, in characters (PeerTube's CONSTRAINTS_FIELDS.LOGS).
const (
	longestMessage   = 1000
	longestTrace     = 15000
	longestUserAgent = 200
)

// logs answers GET /api/v1/server/logs: lines of this node's log.
func (a *API) logs(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	wanted := telemetry.LogQuery{Level: "info", TagsOneOf: q.Texts("tagsOneOf")}
	wanted.From, wanted.To = Span(q)
	if q.Has("level") {
		if wanted.Level = q.Text("level"); !slices.Contains([]string{"debug", "info", "warn", "error"}, wanted.Level) {
			q.Refuse("level", "Invalid value")
		}
	}
	if err := q.Err(); err != nil {
		return err
	}
	telemetry.Flush(a.Logger)
	lines, err := telemetry.ReadLog(a.LogDir, wanted)
	if err != nil {
		return err
	}
	if lines == nil {
		lines = []json.RawMessage{}
	}
	return httpx.JSON(w, r, http.StatusOK, lines)
}

// Span reads startDate and endDate, which is now where it is not given.
func Span(q *decode.Query) (from, to time.Time) {
	read := func(name, message string) time.Time {
		for _, layout := range []string{time.RFC3339Nano, "2006-01-02"} {
			if at, err := time.Parse(layout, q.Text(name)); err == nil {
				return at
			}
		}
		q.Refuse(name, message)
		return time.Time{}
	}
	from, to = read("startDate", "Should have a start date that conforms to ISO 8601"), time.Now()
	if q.Has("endDate") {
		to = read("endDate", "Should have an end date that conforms to ISO 8601")
	}
	return from, to
}

// clientLog answers POST /api/v1/server/logs/client: what went wrong in a browser.
func (a *API) clientLog(w http.ResponseWriter, r *http.Request) error {
	if !a.Config().Log.AcceptClientLog {
		return &httpx.Problem{Status: http.StatusForbidden, Detail: "Client logs are not accepted"}
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	text := func(name string, longest int, isNeeded bool) string {
		value, given := fields.Values()[name]
		s, isText := value.(string)
		n := utf8.RuneCountInString(s)
		if (given || isNeeded) && (!isText || n < 1 || n > longest) {
			fields.Refuse(name, "Invalid value")
		}
		return s
	}
	message, address, level := text("message", longestMessage, true), text("url", longestTrace, true), text("level", longestMessage, true)
	if parsed, err := url.Parse(address); address != "" && (err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https") {
		fields.Refuse("url", "Invalid value")
	}
	if level != "" && level != "warn" && level != "error" {
		fields.Refuse("level", "Invalid value")
	}
	attributes := []any{
		"tags",
		[]string{"client"},
		"url", address, "stackTrace", text("stackTrace", longestTrace, false),
		"meta", text("meta", longestTrace, false), "userAgent", text("userAgent", longestUserAgent, false),
	}
	if err := fields.Err(); err != nil {
		return err
	}
	severity := slog.LevelWarn
	if level == "error" {
		severity = slog.LevelError
	}
	if id := authn.Caller(r).UserID; !id.IsZero() {
		attributes = append(attributes, "user", id.String())
	}
	a.Logger.Log(r.Context(), severity, "Client log: "+kernel.CleanText(message), attributes...) //nolint:sloglint // PeerTube's page of logs shows the message
	httpx.NoContent(w)
	return nil
}
