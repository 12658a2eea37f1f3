// Package apitest is an instance for tests of the edge: commands over a log in memory, and the catalog that follows it in a real
// PostgreSQL. Requests go to the handlers of a package as the people of that world.
//
// It may import commands, queries of projections, the event store's ports, api and the test libraries. Read apitest.go.
package apitest

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"vidilog/api/authn"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/eventstore/tail"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog"
	"vidilog/projections/engine"
)

// Site is where the instance of tests is reached.
var Site = shape.Site{URL: "https://video.example", Host: "video.example"}

// World is people and videos in a log, and the catalog that shows them.
type World struct {
	*commandstest.World
	Catalog *catalog.Catalog
	Engine  *engine.Engine
}

// New starts a world on a database of its own, which ends with the spec or suite that asks for it. Short runs are skipped.
func New(ctx context.Context) *World {
	ginkgo.GinkgoHelper()
	if testing.Short() {
		ginkgo.Skip("needs PostgreSQL")
	}
	w := &World{World: commandstest.New()}
	quiet := slog.New(slog.DiscardHandler)
	log := tail.New(w.Log, w.Log, w.Codec, tail.Options{Logger: quiet})
	running, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = log.Run(running) }()
	ginkgo.DeferCleanup(func() { stop(); <-ended })
	source := engine.SourceFuncs{
		FromFunc: func(after eventstore.Position) engine.Cursor { return log.From(after) }, HeadFunc: w.Log.Head,
	}
	var err error
	w.Engine, err = engine.Open(ctx, testpg.DSN(ginkgo.GinkgoT()), source, []engine.Definition{catalog.Definition()}, engine.Options{Logger: quiet})
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	ginkgo.DeferCleanup(w.Engine.Close)
	w.Catalog = catalog.New(w.Engine.DB(catalog.Name))
	return w
}

// Writes waits for the catalog after a write.
func (w *World) Writes() respond.Writes {
	return respond.Writes{Waiter: w.Engine, Models: []string{catalog.Name}}
}

// Settle waits until the catalog shows everything that has been recorded.
func (w *World) Settle(ctx context.Context) {
	ginkgo.GinkgoHelper()
	gomega.Expect(w.Engine.Wait(ctx, []string{catalog.Name}, w.Head())).To(gomega.BeTrue(), "the catalog does not follow")
}

// Given records events in a stream and waits until the catalog shows them.
func (w *World) Given(ctx context.Context, stream kernel.StreamID, events ...kernel.Event) {
	ginkgo.GinkgoHelper()
	w.Record(stream, events...)
	w.Settle(ctx)
}

// Answer is what a handler has answered.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// JSON reads the body into a value.
func (a Answer) JSON(into any) {
	ginkgo.GinkgoHelper()
	gomega.Expect(json.Unmarshal([]byte(a.Body), into)).To(gomega.Succeed(), a.Body)
}

// Problem reads the body as a problem document.
func (a Answer) Problem() map[string]any {
	ginkgo.GinkgoHelper()
	gomega.Expect(a.Header.Get("Content-Type")).To(gomega.Equal("application/problem+json; charset=utf-8"))
	problem := map[string]any{}
	a.JSON(&problem)
	gomega.Expect(problem).To(gomega.HaveKeyWithValue("status", float64(a.Status)))
	return problem
}

// InvalidParams are the names of the parameters that a problem document complains of.
func (a Answer) InvalidParams() (names []string) {
	ginkgo.GinkgoHelper()
	params, _ := a.Problem()["invalid-params"].(map[string]any)
	for name := range params {
		names = append(names, name)
	}
	return names
}

// Ask sends a request to a handler as somebody, who has a token unless it is nobody. A body is JSON unless headers, which are pairs, say otherwise.
func Ask(h http.Handler, as commands.Caller, method, path, body string, headers ...string) Answer {
	r := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	token := ""
	if !as.UserID.IsZero() {
		token = "token of " + as.UserID.String()
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(authn.WithToken(authn.As(r.Context(), as), token)))
	return Answer{w.Code, w.Header(), w.Body.String()}
}

// Show uploads a film that needs no transcoding, of a privacy, and waits until the catalog shows it.
func (w *World) Show(ctx context.Context, p commandstest.Person, privacy video.Privacy, change ...func(*commandsvideo.Upload)) catalog.Video {
	ginkgo.GinkgoHelper()
	id := w.Film(p, append([]func(*commandsvideo.Upload){func(u *commandsvideo.Upload) {
		u.Attributes.Privacy, u.Attributes.WaitTranscoding = privacy, false
		u.Settings = transcoding.Settings{}
		if privacy == video.PasswordProtected {
			u.Passwords = []string{Password}
		}
	}}, change...)...)
	w.Settle(ctx)
	v, err := w.Catalog.Video(ctx, catalog.ByID(id))
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	return v
}

// Password opens the protected videos of Show.
const Password = "open sesame"
