package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// result is what came of one suite.
type result struct {
	Passed  int      `json:"passed"`
	Pending int      `json:"pending"`
	NotRun  int      `json:"notRun"` // cases behind a hook that failed
	Failed  []string `json:"failed"` // whole titles, hooks among them
}

// report is mocha's, of its reporter "json".
type report struct {
	Stats struct {
		Tests, Passes, Pending, Failures int
	} `json:"stats"`
	Failures []struct {
		FullTitle string `json:"fullTitle"`
	} `json:"failures"`
}

// runner runs suites.
type runner struct {
	program string // runs one suite
	server  string // is started in place of PeerTube
	folder  string
}

func newRunner() (*runner, error) {
	program := os.Getenv("CONFORMANCE_RUNNER")
	if program == "" {
		program = filepath.FromSlash("scripts/conformance/suite")
	}
	binary, err := filepath.Abs(filepath.FromSlash("bin/vidilog"))
	if err == nil {
		_, err = os.Stat(binary)
	}
	if err != nil {
		return nil, fmt.Errorf("build bin/vidilog first: %w", err)
	}
	if program, err = filepath.Abs(program); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "conformance")
	if err != nil {
		return nil, err
	}
	server := filepath.Join(folder, "server")
	return &runner{program, server, folder}, os.WriteFile(server, []byte("#!/bin/sh\nexec '"+binary+"' serve \"$@\"\n"), 0o755)
}

// run runs a suite. How many cases there are is counted by a dry run: cases behind a hook that fails are in no report.
func (r *runner) run(ctx context.Context, suite string) (result, error) {
	counted, err := r.mocha(ctx, suite, "--dry-run")
	if err != nil {
		return result{}, err
	}
	seen, err := r.mocha(ctx, suite)
	if err != nil {
		return result{}, err
	}
	found := result{Passed: seen.Stats.Passes, Pending: seen.Stats.Pending, Failed: []string{}}
	failedCases := 0
	for _, f := range seen.Failures {
		found.Failed = append(found.Failed, f.FullTitle)
		if !isHook(f.FullTitle) {
			failedCases++
		}
	}
	found.NotRun = max(0, counted.Stats.Tests-found.Passed-found.Pending-failedCases)
	return found, nil
}

func isHook(title string) bool {
	for _, kind := range []string{"before all", "after all", "before each", "after each"} {
		if strings.Contains(title, `"`+kind+`" hook`) {
			return true
		}
	}
	return false
}

// mocha runs the program, which ends with another status than 0 when cases fail; what counts is its report.
func (r *runner) mocha(ctx context.Context, suite string, options ...string) (report, error) {
	file := filepath.Join(r.folder, "report.json")
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return report{}, err
	}
	args := append([]string{"--server", r.server, suite, "--reporter", "json", "--reporter-option", "output=" + file}, options...)
	command := exec.CommandContext(ctx, r.program, args...)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	ended := command.Run()
	if ctx.Err() != nil {
		return report{}, ctx.Err()
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return report{}, fmt.Errorf("%s left no report (%w)\n%s", suite, ended, said.String())
	}
	var found report
	if err := json.Unmarshal(content, &found); err != nil {
		return report{}, fmt.Errorf("report of %s: %w", suite, err)
	}
	return found, nil
}

func load(name string) (map[string]result, error) {
	all := map[string]result{}
	content, err := os.ReadFile(filepath.FromSlash(name))
	if errors.Is(err, os.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	return all, json.Unmarshal(content, &all)
}

func store(name string, all map[string]result) error {
	content, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.FromSlash(name), append(content, '\n'), 0o644)
}
