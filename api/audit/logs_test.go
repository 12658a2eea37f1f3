package audit_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/audit"
	"vidilog/api/authn"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/internal/embedded/testpg"
	models "vidilog/projections/audit"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

func TestAudit(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Questions about the log")
}

// oneEvent is a log that has the same event everywhere.
type oneEvent struct{ eventstore.Reader }

func (oneEvent) Read(context.Context, eventstore.Position, int) ([]eventstore.Recorded, error) {
	return make([]eventstore.Recorded, 1), nil
}

func (oneEvent) Decode(r eventstore.Recorded) (eventstore.Event, error) {
	return eventstore.Event{Recorded: r, Data: video.Uploaded{Attributes: video.Attributes{Name: "The film"}}}, nil
}

var _ = Describe("The audit log", func() {
	ada := kernel.UserID{UUID: uuid.New()}
	var api *audit.API
	var model *engine.Engine
	var log *enginetest.Log
	BeforeEach(func(ctx SpecContext) {
		log = enginetest.NewLog()
		var err error
		model, err = engine.Open(ctx, testpg.DSN(GinkgoT()), log, []engine.Definition{models.Definition()},
			engine.Options{Logger: slog.New(slog.DiscardHandler)})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(model.Close)
		api = &audit.API{
			Envelopes: models.New(model.DB(models.Name)), Reader: oneEvent{}, Decoder: oneEvent{},
			Name: func(context.Context, kernel.UserID) (string, error) { return "ada", nil },
		}
	})
	ask := func(caller commands.Caller, query url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/server/audit-logs?"+query.Encode(), nil)
		w := httptest.NewRecorder()
		api.Logs().ServeHTTP(w, r.WithContext(authn.As(r.Context(), caller)))
		return w
	}
	administrator := commands.ForUser(ada, user.Administrator)
	since := func(at time.Time) url.Values { return url.Values{"startDate": {at.Format(time.RFC3339Nano)}} }

	It("says what people did, in PeerTube's words, and not what followed from it", func(ctx SpecContext) {
		id := kernel.VideoID{UUID: uuid.New()}
		at := log.Append(
			enginetest.Fact{Stream: id.Stream(), Data: video.Uploaded{VideoID: id}, Actor: kernel.ByUser(ada)},
			enginetest.Fact{Stream: id.Stream(), Data: video.Published{VideoID: id}, Actor: kernel.ByWorker("effects")})
		Expect(model.Wait(ctx, []string{models.Name}, at)).To(BeTrue())
		var entries []struct{ Timestamp, Level, Message string }
		Expect(json.Unmarshal(ask(administrator, since(time.Unix(0, 0))).Body.Bytes(), &entries)).To(Succeed())
		Expect(entries).To(HaveLen(1))
		Expect(entries[0].Level).To(Equal("audit"))
		var message map[string]any
		Expect(json.Unmarshal([]byte(entries[0].Message), &message)).To(Succeed())
		Expect(message).To(And(HaveKeyWithValue("user", "ada"), HaveKeyWithValue("domain", "videos"), HaveKeyWithValue("action", "create")))
		Expect(entries[0].Message).To(ContainSubstring("The film"))
		Expect(ask(administrator, since(time.Now().Add(time.Hour))).Body.String()).To(Equal("[]"))
	})
	It("wants a date, and the right to read logs", func() {
		Expect(ask(administrator, url.Values{}).Code).To(Equal(http.StatusBadRequest))
		Expect(ask(commands.ForUser(ada, user.Moderator), since(time.Now())).Code).To(Equal(http.StatusForbidden))
		Expect(ask(commands.Anonymous(), since(time.Now())).Code).To(Equal(http.StatusUnauthorized))
	})
})
