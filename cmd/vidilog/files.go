package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"vidilog/eventstore"
	"vidilog/internal/storage"
	"vidilog/projections/engine"
	"vidilog/projections/manifest"
	"vidilog/workers/files"
)

// manifestList is the manifest as the reconciler reads it.
type manifestList struct {
	engine   *engine.Engine
	head     func(ctx context.Context) (eventstore.Position, error)
	manifest *manifest.Manifest
}

// pinWait is how long the model may take to reach the head that was seen.
const pinWait = 10 * time.Second

// Pin waits until the model has reached the log's head of now.
func (m manifestList) Pin(ctx context.Context) error {
	head, err := m.head(ctx)
	if err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, pinWait)
	defer cancel()
	for m.engine.Position(manifest.Name) < head {
		if waiting.Err() != nil {
			return fmt.Errorf("the list of files is at event %d of %d; a file may be new rather than superfluous",
				m.engine.Position(manifest.Name), head)
		}
		m.engine.Wait(waiting, []string{manifest.Name}, head)
	}
	return nil
}

// Each hands out the files of all areas by their place.
func (m manifestList) Each(ctx context.Context, visit func(files.Expected) error) error {
	for _, area := range manifest.Areas() {
		err := m.manifest.Each(ctx, area, func(f manifest.File) error {
			return visit(files.Expected{Location: placeOf(f), Bytes: f.Bytes})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func placeOf(f manifest.File) storage.Location {
	switch f.Area {
	case manifest.HLS:
		kind := storage.HLS
		if f.IsPrivate {
			kind = storage.PrivateHLS
		}
		return storage.Location{Kind: kind, Name: f.VideoID.String() + "/" + f.Name}
	case manifest.Thumbnails:
		return storage.Location{Kind: storage.Thumbnail, Name: f.Name}
	case manifest.ActorImages:
		return storage.Location{Kind: storage.Avatar, Name: f.Name}
	case manifest.Previews:
		return storage.Location{Kind: storage.Preview, Name: f.Name}
	case manifest.Captions:
		return storage.Location{Kind: storage.Caption, Name: f.Name}
	case manifest.Storyboards:
		return storage.Location{Kind: storage.Storyboard, Name: f.Name}
	case manifest.Originals:
		return storage.Location{Kind: storage.OriginalVideoFile, Name: f.Name}
	case manifest.Torrents:
		return storage.Location{Kind: storage.Torrent, Name: f.Name}
	case manifest.WebVideos:
	}
	kind := storage.WebVideo
	if f.IsPrivate {
		kind = storage.PrivateWebVideo
	}
	return storage.Location{Kind: kind, Name: f.Name}
}

func newReconciler(c *core, e *engine.Engine, store *storage.FileSystem, logger *slog.Logger) *files.Reconciler {
	return &files.Reconciler{
		Store: store, Quarantine: filepath.Join(c.config.Vidilog.Data, "quarantine"), Logger: logger,
		Manifest: manifestList{engine: e, head: c.log.Head, manifest: manifest.New(e.DB(manifest.Name))},
	}
}

func (v *server) reconciler() *files.Reconciler {
	return newReconciler(&v.core, v.engine, v.store, v.logger)
}

// reconcile runs by the clock; what is missing is said, for an administrator must know.
func (v *server) reconcile(ctx context.Context) error {
	report, err := v.keeper.Run(ctx, files.Options{})
	for _, m := range report.Missing {
		v.logger.Error("a file that must exist is missing", "file", m)
	}
	return err
}

// fileCommands compare files with the log.
type fileCommands struct {
	Check     filesCheck     `cmd:"" help:"Say which files are missing and which nothing refers to. Changes nothing."`
	Reconcile filesReconcile `cmd:"" help:"Take files that nothing refers to into quarantine, for a week."`
}

type filesCheck struct {
	OlderThan time.Duration `help:"Count only files that are older." default:"24h"`
	JSON      bool          `name:"json" help:"One JSON object."`
}

// Run checks; it fails when a file is missing.
func (f *filesCheck) Run(ctx context.Context, c *cli) error {
	return runReconciler(ctx, c, files.Options{DryRun: true, MinAge: f.OlderThan}, f.JSON)
}

type filesReconcile struct {
	OlderThan time.Duration `help:"Touch only files that are older." default:"24h"`
	Force     bool          `help:"However many it are."`
	JSON      bool          `name:"json" help:"One JSON object."`
}

// Run reconciles; it fails when a file is missing.
func (f *filesReconcile) Run(ctx context.Context, c *cli) error {
	return runReconciler(ctx, c, files.Options{MinAge: f.OlderThan, Force: f.Force}, f.JSON)
}

func runReconciler(ctx context.Context, c *cli, o files.Options, asJSON bool) error {
	o.MinAge = max(o.MinAge, time.Nanosecond) // 0 said in so many words means files of any age, not the default
	k, err := attach(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	running, stop := context.WithCancel(ctx)
	defer stop()
	go func() { _ = k.tail.Run(running) }()
	e, err := engine.Open(ctx, k.dsn, engine.FromTail(k.tail, k.log), []engine.Definition{manifest.Definition()}, engine.Options{Logger: k.logger})
	if err != nil {
		return err
	}
	defer e.Close()
	store, err := storage.Open(storage.FoldersFrom(k.config.Storage))
	if err != nil {
		return err
	}
	report, err := newReconciler(k, e, store, k.logger).Run(ctx, o)
	if asJSON {
		if printErr := printJSON(report); printErr != nil {
			return printErr
		}
	} else {
		printReport(report)
	}
	if err == nil && len(report.Missing) > 0 {
		err = fmt.Errorf("%d files are missing", len(report.Missing))
	}
	return err
}

func printReport(r files.Report) {
	t := newTable("files", "what about them")
	t.AppendRow([]any{r.Files, "are there and must be"})
	t.AppendRow([]any{len(r.Missing), "must be there and are not"})
	what := "are there and need not be"
	if r.Quarantined {
		what = "were there and are in quarantine now"
	}
	t.AppendRow([]any{len(r.Leftovers), what})
	t.AppendRow([]any{r.Young, "are too new to be judged"})
	t.Render()
	for _, m := range r.Missing {
		fmt.Println("missing:", m)
	}
	for _, l := range r.Leftovers {
		fmt.Println("superfluous:", l)
	}
}
