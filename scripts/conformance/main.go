// Command conformance runs PeerTube's own suites, unmodified, against bin/vidilog and writes what passed into docs/conformance.md.
//
//	PEERTUBE_DIR=/path/to/peertube go run ./scripts/conformance [suite …]
//
// PEERTUBE_DIR is a built PeerTube 6.3 tree outside this project. Without suites those of suites.txt run; the results of others stay as
// they were. CONFORMANCE_RUNNER names another program than scripts/conformance/suite to run one suite with: it is called with
// --server PROGRAM, the suite, and options of mocha.
//
// misses.txt is kept by hand: it names what is missing for each case that fails.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

const (
	resultsFile = "docs/conformance.json"
	pageFile    = "docs/conformance.md"
	suitesFile  = "scripts/conformance/suites.txt"
	missesFile  = "scripts/conformance/misses.txt"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, suites []string) error {
	if os.Getenv("PEERTUBE_DIR") == "" {
		return errors.New("set PEERTUBE_DIR to a built PeerTube 6.3 tree")
	}
	if len(suites) == 0 {
		var err error
		if suites, err = lines(suitesFile); err != nil {
			return err
		}
	}
	all, err := load(resultsFile)
	if err != nil {
		return err
	}
	r, err := newRunner()
	if err != nil {
		return err
	}
	defer os.RemoveAll(r.folder)
	for _, suite := range suites {
		fmt.Printf("%-50s ", suite)
		result, err := r.run(ctx, suite)
		if err != nil {
			fmt.Println(err)
			return err
		}
		fmt.Printf("%d passed, %d failed, %d pending, %d not run\n", result.Passed, len(result.Failed), result.Pending, result.NotRun)
		all[suite] = result
		if err := save(all); err != nil { // a run of many suites that is broken off keeps what it has found
			return err
		}
	}
	return nil
}

// save writes results and page.
func save(all map[string]result) error {
	misses, err := loadMisses(missesFile)
	if err != nil {
		return err
	}
	if err := store(resultsFile, all); err != nil {
		return err
	}
	return os.WriteFile(pageFile, []byte(page(all, misses)), 0o644)
}

// lines reads a list: one entry per line, # begins a comment.
func lines(name string) ([]string, error) {
	content, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	var list []string
	for line := range strings.Lines(string(content)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list, nil
}
