package contract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"vidilog/test/e2e/instance"
)

// Known is a difference from another document that PeerTube's own answers show as well, or one that is meant.
type Known struct {
	// Operation is METHOD /path as the other document has it, or * for any; Status 0 is any.
	Operation string `yaml:"operation"`
	Status    int    `yaml:"status"`
	// Finding is what Deviation.Findings says, or part of it.
	Finding string `yaml:"finding"`
	// Recorded is the part of a real PeerTube answer that shows the same, and Request what was asked.
	Request  string `yaml:"request"`
	Recorded string `yaml:"recorded"`
	// Samples are the names of kept answers of a PeerTube that differ from the document in the same way; Seen says where else it was
	// seen. SampleDeviations checks the former.
	Samples []string `yaml:"samples"`
	Seen    string   `yaml:"seen"`
	// Meant says why this server differs from PeerTube on purpose, where it does.
	Meant string `yaml:"meant"`
}

// LoadKnown reads the list. Every entry must say which recorded answer shows it, or why it is meant.
func LoadKnown(file string) ([]Known, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []Known
	if err := yaml.Unmarshal(content, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, k := range list {
		if k.Meant == "" && (k.Recorded == "" || k.Request == "" || len(k.Samples) == 0 && k.Seen == "") {
			return nil, fmt.Errorf("%s: %s %s has neither a recorded answer nor a reason", file, k.Operation, k.Finding)
		}
	}
	return list, nil
}

func (k Known) covers(operation string, status int, finding string) bool {
	return (k.Operation == "*" || k.Operation == operation) && (k.Status == 0 || k.Status == status) && strings.Contains(finding, k.Finding)
}

// Report says how answers differ from a document.
type Report struct {
	// Checked counts answers, Undescribed those of operations that the document does not have.
	Checked     int
	Undescribed []string
	Known       []string
	Unknown     []string
}

// Compare holds answers against a document.
func Compare(ctx context.Context, d *Document, known []Known, exchanges []instance.Exchange) Report {
	var r Report
	for _, x := range exchanges {
		if !strings.HasPrefix(x.Path, "/api/") {
			continue
		}
		err := d.Check(ctx, x)
		var deviation *Deviation
		switch {
		case errors.Is(err, ErrNotDescribed):
			path, _, _ := strings.Cut(x.Path, "?")
			r.Undescribed = append(r.Undescribed, x.Method+" "+path)
			continue
		case errors.As(err, &deviation):
			r.sort(known, deviation)
		case err != nil:
			r.Unknown = append(r.Unknown, err.Error())
		}
		r.Checked++
	}
	for _, list := range []*[]string{&r.Undescribed, &r.Known, &r.Unknown} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return r
}

func (r *Report) sort(known []Known, d *Deviation) {
	for _, finding := range d.Findings {
		line := fmt.Sprintf("%s %d %s", d.Operation, d.Status, finding)
		if slices.ContainsFunc(known, func(k Known) bool { return k.covers(d.Operation, d.Status, finding) }) {
			r.Known = append(r.Known, line)
			continue
		}
		r.Unknown = append(r.Unknown, line)
	}
}

// String is the report for people.
func (r Report) String() string {
	return fmt.Sprintf("%d answers checked; %d paths not described there; %d known deviations; %d unknown\n%s",
		r.Checked, len(r.Undescribed), len(r.Known), len(r.Unknown), strings.Join(r.Unknown, "\n"))
}
