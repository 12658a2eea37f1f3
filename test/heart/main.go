package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"vidilog/internal/embedded"
)

// workerVerb starts a process of writers instead of the harness; the harness calls itself so.
const workerVerb = "worker"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if len(os.Args) > 1 && os.Args[1] == workerVerb {
		err = work(ctx, os.Stdin)
	} else {
		err = harness(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "heart:", err)
		os.Exit(1)
	}
}

func harness(ctx context.Context) error {
	short := flag.Bool("short", false, "half a minute to one instead of three")
	jsonFile := flag.String("json", "", "also write the figures to this file")
	seed := flag.Int64("seed", time.Now().UnixNano(), "of everything random, to repeat a run")
	flag.Parse()
	length := full
	if *short {
		length = brief
	}
	report, err := run(ctx, length, *seed, os.Stdout)
	if err != nil {
		return err
	}
	if *jsonFile == "" {
		return nil
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(*jsonFile, append(text, '\n'), 0o644)
}

// length says how long each part of a run takes.
type length struct {
	perCell time.Duration // for each number of writers
	warmUp  time.Duration // before the first one: the first seconds of a fresh database tell about its caches
	stress  time.Duration
	kills   time.Duration // between kills, on average
}

var (
	full  = length{perCell: 8 * time.Second, warmUp: 3 * time.Second, stress: 40 * time.Second, kills: 4 * time.Second}
	brief = length{perCell: 1500 * time.Millisecond, warmUp: time.Second, stress: 10 * time.Second, kills: 2 * time.Second}
)

// Report is everything a run found out.
type Report struct {
	Seed    int64    `json:"seed"`
	Appends []Cell   `json:"appends"`
	Replay  Replay   `json:"replay"`
	Live    Live     `json:"live"`
	Stress  Stressed `json:"stress"`
}

// run does all parts, each on a database of its own.
func run(ctx context.Context, l length, seed int64, out io.Writer) (Report, error) {
	report := Report{Seed: seed}
	fmt.Fprintf(out, "seed %d\n", seed)
	err := withPostgres(ctx, func(dsn, _ string) (err error) {
		if report.Appends, err = measureAppends(ctx, dsn, l, seed, out); err != nil {
			return err
		}
		report.Replay, err = measureReplay(ctx, dsn, out)
		return err
	})
	if err != nil {
		return report, err
	}
	err = withPostgres(ctx, func(dsn, _ string) (err error) {
		report.Live, err = measureLive(ctx, dsn, l, seed, out)
		return err
	})
	if err != nil {
		return report, err
	}
	err = withPostgres(ctx, func(dsn, dir string) (err error) {
		report.Stress, err = stress(ctx, dsn, dir, l, seed, out)
		return err
	})
	return report, err
}

// withPostgres gives a fresh private PostgreSQL with fsync, which starts again by itself after a kill, and a folder.
func withPostgres(ctx context.Context, use func(dsn, dir string) error) (err error) {
	dir, err := os.MkdirTemp("", "vidilog-heart-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	// The unprivileged account of PostgreSQL must be able to walk through.
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	services, err := embedded.Start(ctx, embedded.Options{
		DataDir: data, WithoutRedis: true, Logger: quiet,
		PostgresSettings: map[string]string{"max_connections": "200"},
	})
	if err != nil {
		return fmt.Errorf("start a private PostgreSQL: %w", err)
	}
	defer func() { _ = services.Stop(context.WithoutCancel(ctx)) }()
	return use(services.DSN, dir)
}
