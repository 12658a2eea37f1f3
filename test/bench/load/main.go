// Command load measures an instance from outside, over HTTP, the same way for Vidilog and PeerTube.
//
//	go run ./test/bench/load --name Vidilog --base http://127.0.0.1:9000 --password SECRET --pid 4711 --json out.json
//	go run ./test/bench/load --table vidilog.json peertube.json
//
// It logs in, uploads a film and a few short ones, waits until the instance is at rest, and then sends one kind of request
// after the other for some seconds each. Endpoints that an instance lacks are left out and named. It speaks to loopback
// addresses only. --pid takes the processes whose memory and CPU time belong to the instance: name=pid, repeated; children
// are counted in. CPU time per request does not depend on what else the machine does; rates do, so the load average of each
// measurement stands beside it. Read kinds.go for what is sent.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	o := options{}
	flag.StringVar(&o.Name, "name", "instance", "what the instance is called in the output")
	flag.StringVar(&o.Base, "base", "", "base URL, on loopback")
	flag.StringVar(&o.User, "user", "root", "user who uploads and writes")
	flag.StringVar(&o.Password, "password", os.Getenv("BENCH_PASSWORD"), "password; also in BENCH_PASSWORD")
	flag.IntVar(&o.Clients, "clients", 8, "clients at once, each on its own connection")
	flag.DurationVar(&o.Length, "time", 5*time.Second, "length of each measurement, at most 1m")
	flag.DurationVar(&o.WarmUp, "warm-up", time.Second, "time before each measurement that does not count, at most 1m")
	flag.Int64Var(&o.Most, "requests", 200_000, "most requests of a measurement")
	flag.IntVar(&o.Uploads, "uploads", 10, "how many uploads are measured")
	flag.StringVar(&o.Only, "only", "", "comma-separated kinds in place of all")
	flag.StringVar(&o.JSON, "json", "", "write the figures to this file as JSON")
	flag.Var(&o.Processes, "pid", "name=pid of a process of the instance; may be given more than once")
	tables := flag.Bool("table", false, "print the JSON files named as arguments side by side, the first against the second")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if *tables {
		err = compare(os.Stdout, flag.Args())
	} else {
		err = run(ctx, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "load: "+err.Error())
		os.Exit(1)
	}
}

// options of a run, from the command line.
type options struct {
	Name, Base, User, Password, Only, JSON string
	Clients, Uploads                       int
	Length, WarmUp                         time.Duration
	Most                                   int64
	Processes                              processes
}

func (o options) check() error {
	switch {
	case o.Clients < 1 || o.Clients > 256:
		return fmt.Errorf("--clients is %d; 1 to 256 can be used", o.Clients)
	case o.Length <= 0 || o.Length > time.Minute:
		return fmt.Errorf("--time is %s; more than nothing and at most 1m is measured", o.Length)
	case o.WarmUp < 0 || o.WarmUp > time.Minute:
		return fmt.Errorf("--warm-up is %s; 0 to 1m is possible", o.WarmUp)
	case o.Most < 1 || o.Most > 5_000_000:
		return fmt.Errorf("--requests is %d; 1 to 5000000 are sent", o.Most)
	case o.Uploads < 0 || o.Uploads > 500:
		return fmt.Errorf("--uploads is %d; 0 to 500 are made", o.Uploads)
	case o.Password == "":
		return errors.New("--password is missing; it may be given in BENCH_PASSWORD")
	}
	return nil
}

func run(ctx context.Context, o options) error {
	if err := o.check(); err != nil {
		return err
	}
	base, err := loopback(o.Base)
	if err != nil {
		return err
	}
	report := report{Name: o.Name, Date: time.Now().UTC(), Machine: machine(), Memory: []memory{o.Processes.memory("before")}}
	instance := newInstance(base, max(o.Clients, 8))
	stage, err := prepare(ctx, instance, o)
	if err != nil {
		return err
	}
	report.Videos = stage.total
	for _, k := range chosen(kinds(stage, o), o.Only) {
		if k.rested {
			if err := stage.settle(ctx); err != nil {
				return err
			}
		}
		f := measure(ctx, k, o)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		report.Figures = append(report.Figures, f)
		fmt.Fprintln(os.Stderr, f)
	}
	report.Memory = append(report.Memory, o.Processes.memory("after"))
	report.markdown(os.Stdout)
	if o.JSON == "" {
		return nil
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	return os.WriteFile(o.JSON, append(text, '\n'), 0o644)
}
