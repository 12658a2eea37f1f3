// Command seed fills the log of an instance with videos, so that its pages can be measured at size.
//
//	vidilog serve --data DIR …                              once, until /readyz answers 200; then stop it
//	go run ./test/bench/seed --data DIR --videos 1000
//
// It appends real events through the event store: users with account and channel, and videos that are public, transcoded to
// three resolutions and watched. There are no files behind them, so what would follow from them counts as done. The next
// start of the server builds its read models. With --dsn it appends to a configured database in place of the data folder's own. Read shift.go for the numbers.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

// mostVideos keeps a slip of the finger from filling the disk: a video takes some 25 kB of log.
const mostVideos = 1_000_000

func main() {
	o := options{}
	flag.StringVar(&o.data, "data", "", "data folder of an instance that was started once and does not run now")
	flag.StringVar(&o.dsn, "dsn", "", "database URL of the log, when it is not the data folder's own")
	flag.IntVar(&o.videos, "videos", 1000, "how many videos")
	flag.Uint64Var(&o.seed, "seed", 1, "changes everything that is drawn")
	flag.IntVar(&o.writers, "writers", 32, "how many appends are under way at once")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "seed: "+err.Error())
		os.Exit(1)
	}
}

type options struct {
	data, dsn       string
	videos, writers int
	seed            uint64
}

func (o options) check() error {
	switch {
	case o.data == "":
		return errors.New("--data is missing: the folder that holds the instance's master key")
	case o.videos < 1 || o.videos > mostVideos:
		return fmt.Errorf("--videos is %d; 1 to %d can be made", o.videos, mostVideos)
	case o.writers < 1 || o.writers > 512:
		return fmt.Errorf("--writers is %d; 1 to 512 make sense", o.writers)
	}
	if _, err := os.Stat(filepath.Join(o.data, "master.key")); err != nil {
		return fmt.Errorf("no instance in %s: start it once with vidilog serve --data %s, and stop it", o.data, o.data)
	}
	return nil
}

func run(ctx context.Context, o options) error {
	if err := o.check(); err != nil {
		return err
	}
	t, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer t.close()
	started := time.Now()
	numbers, err := t.numbers(ctx)
	if err != nil {
		return err
	}
	events, err := fill(ctx, t, o, numbers)
	if err != nil {
		return err
	}
	took := time.Since(started)
	fmt.Printf("%d videos, %d events in %.1f s (%.0f events/s)\n", o.videos, events, took.Seconds(), float64(events)/took.Seconds())
	return nil
}
