package configuration_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"vidilog/api/authn"
	"vidilog/api/rest/configuration"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
	"vidilog/internal/config"
	"vidilog/projections/catalog"
)

// FuzzCustom: whatever an administrator sends is refused, or is a configuration that loads and is answered with the same members.
// The fuzzed members are laid over a body that would be taken.
func FuzzCustom(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"instance":{"name":"x","defaultNSFWPolicy":"blur"}}`, `{"instance":7}`, `{"user":{"videoQuota":"5GB","videoQuotaDaily":-1}}`, `{"transcoding":{"threads":"4","fps":{"max":null},"resolutions":{"480p":1}}}`,
		`{"signup":{"limit":1e300,"minimumAge":"-1"}}`, `{"live":{"maxDuration":9223372036854775807}}`, `{"export":{"users":{"exportExpiration":"2 days"}}}`, `{"trending":{"videos":{"algorithms":{"enabled":[["hot"],{}]}}}}`,
		`{"instance":{"languages":[1,null],"categories":["x"],"name":"\u0000"}}`, `{"webserver":{"hostname":"elsewhere"}}`,
	} {
		f.Add([]byte(body))
	}
	ask := func(api *configuration.API, method, body string) *httptest.ResponseRecorder {
		administrator := commands.ForUser(kernel.UserID{UUID: uuid.New()}, user.Administrator)
		r := httptest.NewRequest(method, "/api/v1/config/custom", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		api.Router().ServeHTTP(w, r.WithContext(authn.As(r.Context(), administrator)))
		return w
	}
	f.Fuzz(func(t *testing.T, change []byte) {
		inForce := &files{sources: config.Sources{Lookup: func(string) (string, bool) { return "", false }}}
		if err := inForce.load(); err != nil {
			t.Fatal(err)
		}
		api := &configuration.API{
			Live: inForce, Extensions: func() []string { return nil }, Own: func(context.Context) (own catalog.Own, err error) { return own, nil },
			Position: func() eventstore.Position { return 0 }, Users: func(context.Context) (int, error) { return 0, nil },
		}
		var body, over map[string]any
		if json.Unmarshal(change, &over) != nil || json.Unmarshal(ask(api, http.MethodGet, "").Body.Bytes(), &body) != nil {
			return
		}
		lay(body, over)
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		before := inForce.inForce.Webserver
		w := ask(api, http.MethodPut, string(text))
		switch {
		case w.Code == http.StatusOK && !json.Valid(w.Body.Bytes()), w.Code >= http.StatusInternalServerError, w.Code == http.StatusNotFound:
			t.Fatalf("%s: %d %s", change, w.Code, w.Body)
		case inForce.inForce.Webserver != before:
			t.Fatalf("%s moved the server: %+v", change, inForce.inForce.Webserver)
		}
	})
}

// lay puts members over those that are there.
func lay(under, over map[string]any) {
	for key, value := range over {
		above, isAbove := value.(map[string]any)
		below, isBelow := under[key].(map[string]any)
		if isAbove && isBelow {
			lay(below, above)
			continue
		}
		under[key] = value
	}
}
