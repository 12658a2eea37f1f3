package contract

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"vidilog/test/e2e/instance"
)

// KeepVariable names a file to which all answers are appended as lines of JSON, to look at or to describe. Without it none are.
const KeepVariable = "CONTRACT_EXCHANGES"

// Recorder keeps the answers of an instance. Its Observe may be called by several goroutines.
type Recorder struct {
	mutex     sync.Mutex
	exchanges []instance.Exchange
}

// Observe is for instance.Instance.
func (r *Recorder) Observe(x instance.Exchange) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.exchanges = append(r.exchanges, x)
}

// Exchanges are those so far.
func (r *Recorder) Exchanges() []instance.Exchange {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.exchanges)
}

// Ours is the document of this source tree.
func Ours() (*Document, error) {
	root, err := instance.Root()
	if err != nil {
		return nil, err
	}
	return Load(filepath.Join(root, "schema", "openapi.yaml"))
}

// Deviations says, once each, how answers below /api differ from a document.
func (r *Recorder) Deviations(ctx context.Context, d *Document) []string {
	wrong := []string{}
	for _, x := range r.Exchanges() {
		if !strings.HasPrefix(x.Path, "/api/") || x.Method == http.MethodOptions { // what browsers ask before they ask
			continue
		}
		if err := d.Check(ctx, x); err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	slices.Sort(wrong)
	return slices.Compact(wrong)
}

// Keep appends the answers to the file of KeepVariable, if there is one.
func (r *Recorder) Keep() (err error) {
	file := os.Getenv(KeepVariable)
	if file == "" {
		return nil
	}
	out, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	encoder := json.NewEncoder(out)
	for _, x := range r.Exchanges() {
		if err := encoder.Encode(x); err != nil {
			return err
		}
	}
	return nil
}
