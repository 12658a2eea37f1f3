package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPage(t *testing.T) {
	text := page(map[string]result{
		"b.ts": {Passed: 2, Failed: []string{"Videos Should [fail]", "Videos Should comment"}, NotRun: 3}, "a.ts": {Passed: 5, Pending: 1},
	}, []miss{{"b.ts", "comment", "comments"}, {"a.ts", "", "nothing"}})
	for _, want := range []string{
		"| a.ts | 5 | 0 | 1 | 0 |\n| b.ts | 2 | 2 | 0 | 3 |\n| **all** | **7** | **2** | **1** | **3** |",
		`- Videos Should \[fail\]: **not looked into**`, "- Videos Should comment: comments",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "## a.ts") {
		t.Error("the page has a section for a suite without failures")
	}
}

func TestRun(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "runner")
	script := `#!/bin/sh
for last; do :; done
file=$(printf '%s\n' "$@" | sed -n 's/^output=//p')
if [ "$last" = --dry-run ]; then echo '{"stats":{"tests":6}}' >"$file"; exit 0; fi
echo '{"stats":{"tests":3,"passes":1,"pending":1,"failures":2},"failures":[{"fullTitle":"x \"before all\" hook"},{"fullTitle":"y"}]}' >"$file"
exit 2
`
	if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	r := &runner{program: program, server: "none", folder: folder}
	found, err := r.run(t.Context(), "x.ts")
	if err != nil {
		t.Fatal(err)
	}
	if found.Passed != 1 || found.Pending != 1 || found.NotRun != 3 || len(found.Failed) != 2 {
		t.Errorf("got %+v", found)
	}
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho broken; exit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := r.run(t.Context(), "x.ts"); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("a runner that leaves no report is an error that says what it said, got %v", err)
	}
}
