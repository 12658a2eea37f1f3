package contract

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidilog/test/e2e/instance"
)

// LoadSample reads a kept answer of a PeerTube: {"request":{"line":…},"response":{"status":…,"headers":["name: value"],"body":…}}, where
// a body that is not JSON is a text.
func LoadSample(file string) (x instance.Exchange, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return x, err
	}
	var kept struct {
		Request  struct{ Line string }
		Response struct {
			Status  int
			Headers []string
			Body    json.RawMessage
		}
	}
	if err := json.Unmarshal(content, &kept); err != nil {
		return x, fmt.Errorf("%s: %w", file, err)
	}
	line := strings.Fields(kept.Request.Line)
	if len(line) < 2 {
		return x, fmt.Errorf("%s: %q is no line of a request", file, kept.Request.Line)
	}
	x = instance.Exchange{Method: line[0], Path: line[1], Answer: instance.Answer{Status: kept.Response.Status, Header: http.Header{}, Body: kept.Response.Body}}
	for _, h := range kept.Response.Headers {
		name, value, _ := strings.Cut(h, ":")
		x.Answer.Header.Add(name, strings.TrimSpace(value))
	}
	var text string
	if json.Unmarshal(kept.Response.Body, &text) == nil {
		x.Answer.Body = []byte(text)
	}
	return x, nil
}

// SampleDeviations says, for every sample that a list names, what keeps it from showing the deviation that it is named for.
func SampleDeviations(ctx context.Context, d *Document, known []Known, folder string) (wrong []string) {
	for _, k := range known {
		for _, name := range k.Samples {
			x, err := LoadSample(filepath.Join(folder, name+".json"))
			if err != nil {
				wrong = append(wrong, err.Error())
				continue
			}
			var deviation *Deviation
			if !errors.As(d.Check(ctx, x), &deviation) {
				wrong = append(wrong, fmt.Sprintf("%s (%d) is as the document has it, or it has no such operation", name, x.Answer.Status))
				continue
			}
			if !slices.ContainsFunc(deviation.Findings, func(f string) bool { return k.covers(deviation.Operation, deviation.Status, f) }) {
				wrong = append(wrong, fmt.Sprintf("%s does not show %s %q but %v", name, k.Operation, k.Finding, deviation))
			}
		}
	}
	return wrong
}
