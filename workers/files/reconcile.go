package files

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"vidilog/internal/storage"
)

const (
	// youngest is the age below which a file is left alone: an upload or a job may be about to name it.
	youngest = 24 * time.Hour
	// quarantineFor is how long files stay within reach that nothing refers to.
	quarantineFor = 7 * 24 * time.Hour
	// tooMany and tooManyShare bound what one run takes away: more than both means that something else is wrong.
	tooMany      = 20
	tooManyShare = 100
)

// Expected is a file that must exist, by its place.
type Expected struct {
	Location storage.Location
	// Bytes is the size, -1 where nobody says.
	Bytes int64
}

// Manifest lists the files that must exist. Pin answers once the list has reached the log's head, or an error when it is
// behind: a list that lags would take new files for leftovers.
type Manifest interface {
	Pin(ctx context.Context) error
	Each(ctx context.Context, visit func(Expected) error) error
}

// Reconciler compares storage with the manifest.
type Reconciler struct {
	Store    *storage.FileSystem
	Manifest Manifest
	// Quarantine is the folder where leftovers wait for a week.
	Quarantine string
	Logger     *slog.Logger
}

// Options of one run.
type Options struct {
	// MinAge of files that may be taken away; a day when 0.
	MinAge time.Duration
	// DryRun looks and takes nothing away.
	DryRun bool
	// Force takes away however much it is.
	Force bool
}

// Report is what a run has found.
type Report struct {
	// Files that exist and must.
	Files int `json:"files"`
	// Missing must exist and do not, or have another size.
	Missing []string `json:"missing"`
	// Leftovers exist and need not; Young ones among those not counted are too new to be judged.
	Leftovers []string `json:"leftovers"`
	Young     int      `json:"young"`
	// Quarantined says that the leftovers have been taken away.
	Quarantined bool `json:"quarantined"`
}

// kept are the kinds of files that the manifest knows.
var kept = []storage.Kind{
	storage.WebVideo, storage.PrivateWebVideo, storage.HLS, storage.PrivateHLS, storage.Thumbnail, storage.Preview,
	storage.Storyboard, storage.Torrent, storage.Caption,
	storage.Avatar,
	storage.OriginalVideoFile,
}

// Run compares, and takes leftovers into quarantine unless there are suspiciously many.
func (r *Reconciler) Run(ctx context.Context, o Options) (Report, error) {
	report := Report{Missing: []string{}, Leftovers: []string{}}
	if o.MinAge == 0 {
		o.MinAge = youngest
	}
	if err := r.Manifest.Pin(ctx); err != nil {
		return report, fmt.Errorf("reconcile files: %w", err)
	}
	wanted := map[storage.Location]int64{}
	err := r.Manifest.Each(ctx, func(e Expected) error {
		wanted[e.Location] = e.Bytes
		return nil
	})
	if err != nil {
		return report, fmt.Errorf("reconcile files: %w", err)
	}
	leftovers, err := r.compare(ctx, wanted, o, &report)
	if err != nil || o.DryRun || len(leftovers) == 0 {
		return report, err
	}
	if limit := max(tooMany, len(wanted)/tooManyShare); len(leftovers) > limit && !o.Force {
		return report, fmt.Errorf("reconcile files: %d of %d files would go, more than %d: look at them and repeat with --force",
			len(leftovers), report.Files+len(leftovers), limit)
	}
	for _, location := range leftovers {
		if err := r.quarantine(location); err != nil {
			return report, err
		}
	}
	report.Quarantined = true
	return report, r.empty()
}

// compare walks storage once.
func (r *Reconciler) compare(ctx context.Context, wanted map[storage.Location]int64, o Options, report *Report) ([]storage.Location, error) {
	var leftovers []storage.Location
	seen := make(map[storage.Location]bool, len(wanted))
	limit := time.Now().Add(-o.MinAge)
	for _, kind := range kept {
		err := r.Store.Walk(ctx, kind, func(i storage.Info) error {
			bytes, isWanted := wanted[i.Location]
			switch {
			case isWanted:
				seen[i.Location] = true
				if bytes >= 0 && bytes != i.Size {
					report.Missing = append(report.Missing, fmt.Sprintf("%s has %d bytes, must have %d", i.Location, i.Size, bytes))
				} else {
					report.Files++
				}
			case i.Modified.After(limit):
				report.Young++
			default:
				leftovers = append(leftovers, i.Location)
				report.Leftovers = append(report.Leftovers, i.Location.String())
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reconcile files: %w", err)
		}
	}
	for location := range wanted {
		if !seen[location] {
			report.Missing = append(report.Missing, location.String()+" is not there")
		}
	}
	return leftovers, nil
}

// quarantine takes a file out of its place; it stays within reach for a week.
func (r *Reconciler) quarantine(location storage.Location) error {
	source, err := r.Store.Path(location)
	if err != nil {
		return err
	}
	target := filepath.Join(r.Quarantine, filepath.FromSlash(location.String()))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return fmt.Errorf("quarantine %s: %w", location, err)
	}
	if err := os.Rename(source, target); err != nil {
		return fmt.Errorf("quarantine %s: %w", location, err)
	}
	now := time.Now() // the week counts from now, not from when the file was written
	r.Logger.Warn("a file that nothing refers to was taken away", "file", location.String(), "quarantine", r.Quarantine)
	return os.Chtimes(target, now, now)
}

// empty deletes what has been in quarantine for long enough.
func (r *Reconciler) empty() error {
	limit := time.Now().Add(-quarantineFor)
	err := filepath.WalkDir(r.Quarantine, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if info, err := entry.Info(); err == nil && info.ModTime().Before(limit) {
			return os.Remove(path)
		}
		return nil
	})
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
