package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// miss says what is missing for cases of a suite: those whose whole title contains a text, all for an empty one.
type miss struct{ suite, title, feature string }

// loadMisses reads "suite | part of the title | what is missing".
func loadMisses(name string) ([]miss, error) {
	list, err := lines(name)
	if err != nil {
		return nil, err
	}
	var misses []miss
	for _, line := range list {
		parts := strings.Split(line, "|")
		if len(parts) != 3 {
			return nil, fmt.Errorf("%s: %q must have the form: suite | part of the title | what is missing", name, line)
		}
		misses = append(misses, miss{strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])})
	}
	return misses, nil
}

// reason answers what is missing for a case; the first entry that fits counts.
func reason(misses []miss, suite, title string) string {
	for _, m := range misses {
		if m.suite == suite && strings.Contains(title, m.title) {
			return m.feature
		}
	}
	return "**not looked into**"
}

const head = `# PeerTube's own suites

Made by ` + "`make conformance`" + `, which runs suites of PeerTube 6.3, unmodified, against the binary; what is missing for a case that fails is
named in ` + "`scripts/conformance/misses.txt`" + `. A case that is not run stands behind a hook that failed. Suites that are not in the table have
not been run.

| Suite | Passed | Failed | Pending | Not run |
|---|--:|--:|--:|--:|
`

// page is docs/conformance.md.
func page(all map[string]result, misses []miss) string {
	var b strings.Builder
	b.WriteString(head)
	names := slices.Sorted(maps.Keys(all))
	var sum result
	failed := 0
	for _, name := range names {
		r := all[name]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d |\n", name, r.Passed, len(r.Failed), r.Pending, r.NotRun)
		sum.Passed, sum.Pending, sum.NotRun, failed = sum.Passed+r.Passed, sum.Pending+r.Pending, sum.NotRun+r.NotRun, failed+len(r.Failed)
	}
	fmt.Fprintf(&b, "| **all** | **%d** | **%d** | **%d** | **%d** |\n", sum.Passed, failed, sum.Pending, sum.NotRun)
	for _, name := range names {
		if len(all[name].Failed) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", name)
		for _, title := range all[name].Failed {
			fmt.Fprintf(&b, "- %s: %s\n", plain(title), reason(misses, name, title))
		}
	}
	return b.String()
}

// plain keeps titles from being read as Markdown.
func plain(title string) string {
	return strings.NewReplacer("*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", "`", "'").Replace(title)
}
