package uploads_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/gorilla/mux"
	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/uploads"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
	"vidilog/eventstore/keys"
	"vidilog/internal/embedded/testpg"
	opsuploads "vidilog/internal/ops/uploads"
	"vidilog/internal/storage"
)

// texts is a purpose whose files become texts: what is made under a command id is made once.
type texts struct {
	made    map[string]string
	planned int
	dropped []string
	refusal error         // of Plan
	fault   error         // of Finish, once
	gate    chan struct{} // Finish waits for it when set
	entered chan struct{} // Finish says that it is there when gate is set
}

func (t *texts) Name() string                          { return "text" }
func (t *texts) Operations() (begin, part string)      { return "uploadResumableInit", "uploadResumable" }
func (t *texts) Subject(*http.Request) (string, error) { return "", nil }

func (t *texts) Sink(_ *http.Request, files map[string]string) decode.Sink {
	return func(u decode.Upload) error {
		content, err := io.ReadAll(u.Body)
		files[u.Field] = string(content)
		return err
	}
}

func (t *texts) Check(_ *http.Request, a uploads.Announced) error {
	return uploads.KindsFor(false, false, false).Check(a.FileName, a.ContentType)
}

func (t *texts) Plan(_ *http.Request, a uploads.Announced, path string) (json.RawMessage, error) {
	if t.refusal != nil {
		return nil, t.refusal
	}
	t.planned++
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return json.Marshal(a.FileName + ": " + string(content))
}

func (t *texts) Finish(_ context.Context, c commands.Caller, _ uploads.Announced, plan json.RawMessage, path string) (uploads.Answer, error) {
	if t.gate != nil {
		t.entered <- struct{}{}
		<-t.gate
	}
	t.made[c.CommandID] = string(plan)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return uploads.Answer{}, err
	}
	if fault := t.fault; fault != nil {
		t.fault = nil
		return uploads.Answer{}, fault
	}
	return uploads.Answer{Body: map[string]string{"text": c.CommandID}}, nil
}

func (t *texts) Drop(files map[string]string) error {
	for _, f := range files {
		t.dropped = append(t.dropped, f)
	}
	return nil
}

// pool is one for all specs: a fresh database takes longer than all of them. vault seals in it.
var (
	pool  *pgxpool.Pool
	vault *keys.Ring
)

var _ = BeforeSuite(func() {
	if testing.Short() {
		return
	}
	pool = testpg.Operational(GinkgoT())
	master, err := keys.ParseMasterKey(strings.Repeat("a1", 32))
	Expect(err).NotTo(HaveOccurred())
	vault, err = keys.Open(context.Background(), pool, master, keys.Options{})
	Expect(err).NotTo(HaveOccurred())
})

type atOnce struct{}

func (atOnce) Wait(context.Context, []string, eventstore.Position) bool { return true }

// world is the routes of one purpose behind a real server, as user 1 or user 2 sees them.
type world struct {
	api    *uploads.API
	texts  *texts
	server *httptest.Server
	folder string
	people [2]kernel.UserID
}

func newWorld() *world {
	GinkgoHelper()
	if testing.Short() {
		Skip("needs PostgreSQL")
	}
	_, err := pool.Exec(context.Background(), `truncate uploads`)
	Expect(err).NotTo(HaveOccurred())
	root := GinkgoT().TempDir()
	files, err := storage.Open(storage.FoldersBelow(root))
	Expect(err).NotTo(HaveOccurred())
	w := &world{
		texts:  &texts{made: map[string]string{}},
		folder: filepath.Join(root, "tmp", "resumable-uploads"),
		people: [2]kernel.UserID{{UUID: uuid.New()}, {UUID: uuid.New()}},
	}
	w.api = &uploads.API{
		Sessions: opsuploads.New(pool, "node", vault), Files: files, Logger: slog.New(slog.DiscardHandler),
		Writes: respond.Writes{Waiter: atOnce{}},
		Number: func(_ context.Context, id kernel.UserID) (int64, error) {
			if id == w.people[0] {
				return 1, nil
			}
			return 2, nil
		},
	}
	routes := mux.NewRouter()
	w.api.Route(routes, "/api/v1/texts", w.texts)
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if who := r.Header.Get("User"); who != "" {
			r = r.WithContext(authn.As(r.Context(), commands.ForUser(w.people[strings.Count(who, "2")], user.Ordinary)))
		}
		routes.ServeHTTP(rw, r)
	}))
	DeferCleanup(w.server.Close)
	return w
}

// answer is a whole answer.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// send sends a request as user 1 unless a header says otherwise; headers are pairs.
func (w *world) send(method, query, body string, headers ...string) answer {
	GinkgoHelper()
	request, err := http.NewRequest(method, w.server.URL+"/api/v1/texts"+query, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	request.Header.Set("User", "1")
	for n := 0; n < len(headers); n += 2 {
		request.Header.Set(headers[n], headers[n+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	Expect(err).NotTo(HaveOccurred())
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	Expect(err).NotTo(HaveOccurred())
	return answer{response.StatusCode, response.Header, string(content)}
}

// begin announces a file of ten bytes and answers the query of its parts.
func (w *world) begin(headers ...string) (query string) {
	GinkgoHelper()
	a := w.announce(`{"filename":"a.mp4","name":"A","lastModified":1}`, headers...)
	Expect(a.Status).To(BeElementOf(http.StatusCreated, http.StatusOK), a.Body)
	_, query, _ = strings.Cut(a.Header.Get("Location"), "?")
	return "?" + query
}

func (w *world) announce(body string, headers ...string) answer {
	GinkgoHelper()
	return w.send(http.MethodPost, "", body, append([]string{
		"Content-Type", "application/json", "X-Upload-Content-Length", "10", "X-Upload-Content-Type", "video/mp4",
	}, headers...)...)
}

// put sends a part.
func (w *world) put(query, span, body string, headers ...string) answer {
	GinkgoHelper()
	return w.send(http.MethodPut, query, body, append([]string{"Content-Range", "bytes " + span}, headers...)...)
}

// names are the files in the folder.
func (w *world) names() []string {
	GinkgoHelper()
	entries, err := os.ReadDir(w.folder)
	Expect(err).NotTo(HaveOccurred())
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
