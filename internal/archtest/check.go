package archtest

import (
	"fmt"
	"slices"
	"strings"
)

// Row says what the packages of one name may import. The standard library is free unless the row is Pure.
type Row struct {
	// Name is a pattern below the module: "domain/kernel" is one package, "*" stands for one segment, and a trailing
	// "/..." for the folder and everything under it. Packages of such a folder may import each other.
	Name string
	// May lists patterns of our packages.
	May []string
	// Names narrows some of May to these exported names: the rest of the package is not for this row.
	Names map[string][]string
	// Libraries lists third-party packages by prefix; nil leaves them free.
	Libraries *[]string
	// Pure rows may not import what reads or changes the world; their tests neither.
	Pure bool
	// ForTests rows may be imported by test files, by each other, and by nobody else.
	ForTests bool
	// Why is shown when the row is broken.
	Why string
}

// Package is a package of the module and the paths it imports, as written in its files.
type Package struct {
	Path        string // below the module, "" for its root
	Imports     []string
	TestImports []string // of its _test.go files, external test package included
}

// Check answers one sentence per import that the table forbids, and per package that is in no row.
func Check(module string, table []Row, packages []Package) []string {
	c := checker{module: module, table: table}
	for _, p := range packages {
		c.check(p)
	}
	return c.broken
}

type checker struct {
	module string
	table  []Row
	broken []string
}

func (c *checker) check(p Package) {
	row, folder, ok := c.find(p.Path)
	if !ok {
		c.broken = append(c.broken, fmt.Sprintf(
			"%s is in no row of the table: add one to internal/archtest/table.go that says what it may import, and why", p.Path))
		return
	}
	for _, path := range p.Imports {
		if why := c.objection(row, folder, path); why != "" {
			c.broken = append(c.broken, fmt.Sprintf("%s imports %s: %s", p.Path, path, why))
		}
	}
	if !row.Pure {
		return
	}
	for _, path := range p.TestImports {
		if why := c.testObjection(p, row, folder, path); why != "" {
			c.broken = append(c.broken, fmt.Sprintf("%s imports %s in a test: %s", p.Path, path, why))
		}
	}
}

// objection answers why a package of this row must not import path, "" when it may.
func (c *checker) objection(row Row, folder, path string) string {
	below, ours := c.ours(path)
	switch {
	case ours:
		return c.ownObjection(row, folder, below)
	case isLibrary(path):
		if row.Libraries != nil && !slices.ContainsFunc(*row.Libraries, func(l string) bool { return isUnder(path, l) }) {
			return fmt.Sprintf("%s may use %s (%s)", row.Name, orNone(*row.Libraries, "no third-party library"), row.Why)
		}
	case row.Pure && slices.Contains(impure, path):
		return fmt.Sprintf("%s is pure (%s)", row.Name, row.Why)
	}
	return ""
}

func (c *checker) ownObjection(row Row, folder, below string) string {
	target, _, _ := c.find(below)
	if target.ForTests && !row.ForTests {
		return target.Name + " is for tests only"
	}
	if strings.HasSuffix(row.Name, "/...") && isUnder(below, folder) {
		return ""
	}
	if slices.ContainsFunc(row.May, func(pattern string) bool { _, ok := match(pattern, below); return ok }) {
		return ""
	}
	return fmt.Sprintf("%s may import %s (%s)", row.Name, orNone(row.May, "nothing of ours"), row.Why)
}

// testObjection: tests of a pure package may also use the package itself, test libraries and what is for tests.
func (c *checker) testObjection(p Package, row Row, folder, path string) string {
	if below, ours := c.ours(path); ours {
		if target, _, ok := c.find(below); below == p.Path || ok && target.ForTests {
			return ""
		}
	}
	if slices.ContainsFunc(testLibraries, func(l string) bool { return isUnder(path, l) }) {
		return ""
	}
	return c.objection(row, folder, path)
}

// find answers the first row that matches, and the folder its pattern stands for.
func (c *checker) find(path string) (row Row, folder string, ok bool) {
	i := RowOf(c.table, path)
	if i < 0 {
		return Row{}, "", false
	}
	folder, _ = match(c.table[i].Name, path)
	return c.table[i], folder, true
}

// RowOf answers the index of the row that counts for a package, -1 when it is in none.
func RowOf(table []Row, path string) int {
	return slices.IndexFunc(table, func(row Row) bool {
		_, ok := match(row.Name, path)
		return ok
	})
}

func (c *checker) ours(path string) (below string, ok bool) {
	if path == c.module {
		return "", true
	}
	return strings.CutPrefix(path, c.module+"/")
}

// match answers whether a package is one of the pattern's, and the part of its path the pattern names without "/...".
func match(pattern, path string) (folder string, ok bool) {
	if pattern == "..." {
		return "", true
	}
	prefix, open := strings.CutSuffix(pattern, "/...")
	want, have := strings.Split(prefix, "/"), strings.Split(path, "/")
	if len(have) < len(want) || !open && len(have) > len(want) {
		return "", false
	}
	for i, segment := range want {
		if segment != "*" && segment != have[i] {
			return "", false
		}
	}
	return strings.Join(have[:len(want)], "/"), true
}

func isUnder(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

// isLibrary: paths of the standard library have no dot in their first segment.
func isLibrary(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

func orNone(names []string, none string) string {
	if len(names) == 0 {
		return none
	}
	return "only " + strings.Join(names, ", ")
}
