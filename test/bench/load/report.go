package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// report is everything a run found out.
type report struct {
	Name    string    `json:"name"`
	Date    time.Time `json:"date"`
	Machine string    `json:"machine"`
	Videos  int64     `json:"videos"`
	Figures []figures `json:"figures"`
	Memory  []memory  `json:"memory"`
}

// machine says what the figures were measured on.
func machine() string {
	model := runtime.GOARCH
	text, _ := os.ReadFile("/proc/cpuinfo") // without it the architecture has to do
	for line := range strings.Lines(string(text)) {
		if name, found := strings.CutPrefix(line, "model name"); found {
			model = strings.Trim(name, " \t:\n")
			break
		}
	}
	return fmt.Sprintf("%d × %s, %s", runtime.NumCPU(), model, runtime.GOOS)
}

// markdown prints the figures of one instance.
func (r report) markdown(w io.Writer) {
	fmt.Fprintf(w, "%s, %d public videos, %s, %s\n\n", r.Name, r.Videos, r.Machine, r.Date.Format("2006-01-02 15:04 MST"))
	fmt.Fprintln(w, "| Request | Clients | req/s | p50 ms | p99 ms | Errors | CPU ms/req | Load |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|")
	for _, f := range r.Figures {
		if f.Skipped != "" {
			fmt.Fprintf(w, "| `%s` | %d | %s | | | | | |\n", f.Request, f.Clients, f.Skipped)
			continue
		}
		fmt.Fprintf(w, "| `%s` | %d | %s | %s | %s | %d of %d | %s | %.1f |\n", f.Request, f.Clients, short(f.PerSecond),
			short(f.P50), short(f.P99), f.Errors, f.Requests, short(f.CPU), f.Load)
	}
	fmt.Fprintln(w)
	for _, m := range r.Memory {
		for _, p := range m.Processes {
			fmt.Fprintf(w, "- %s, %s the load: %.0f MB resident, %.0f MB with children\n", p.Name, m.When,
				float64(p.Own)/1e6, float64(p.Tree)/1e6)
		}
	}
}

// short writes three digits or more, never an exponent.
func short(x float64) string {
	switch {
	case x == 0:
		return "–"
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.3f", x)
}

// compare prints two reports side by side.
func compare(w io.Writer, files []string) error {
	if len(files) != 2 {
		return fmt.Errorf("--table takes two JSON files, not %d", len(files))
	}
	var both [2]report
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("figures: %w", err)
		}
		if err := json.Unmarshal(text, &both[i]); err != nil {
			return fmt.Errorf("figures in %s: %w", file, err)
		}
	}
	ours, theirs := both[0], both[1]
	fmt.Fprintf(w, "| Request | Clients | %s req/s (p50 / p99 ms, errors) | %s req/s (p50 / p99 ms, errors) | Rate | CPU per request |\n",
		ours.Name, theirs.Name)
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|")
	for _, f := range ours.Figures {
		for _, g := range theirs.Figures {
			if f.Name == g.Name {
				fmt.Fprintf(w, "| `%s` | %d | %s | %s | %s | %s |\n", f.Request, f.Clients, f.cell(), g.cell(),
					times(f.PerSecond, g.PerSecond), times(g.CPU, f.CPU))
			}
		}
	}
	return nil
}

func (f figures) cell() string {
	if f.Skipped != "" {
		return f.Skipped
	}
	s := fmt.Sprintf("%s (%s / %s", short(f.PerSecond), short(f.P50), short(f.P99))
	if f.Errors > 0 {
		s += fmt.Sprintf(", %d of %d failed", f.Errors, f.Requests)
	}
	return s + ")"
}

// times says how many times better the first is; a dash where one of them is missing.
func times(better, than float64) string {
	if better == 0 || than == 0 {
		return "–"
	}
	return short(better/than) + " ×"
}
