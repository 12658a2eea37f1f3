package archtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// logTable is a table of the log, named with its schema. Without the schema nobody but the event store reaches one: its
// connections alone have vidilog_log in their search path.
var logTable = regexp.MustCompile(`\bvidilog_log\\?"?\.\\?"?\w+`)

// CheckSQL answers one sentence per Go or SQL file outside the event store that names a table of the log. Who reads the
// tables past the ports depends on their columns, and would read what is not committed in order.
func CheckSQL(root string) ([]string, error) {
	var broken []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		below = filepath.ToSlash(below)
		if entry.IsDir() {
			if below != "." && isOutside(entry.Name()) || mayNameLogTables(below) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".sql") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if table := logTable.Find(text); table != nil {
			broken = append(broken, fmt.Sprintf("%s names %s: only eventstore has SQL on the tables of the log; use its ports", below, table))
		}
		return nil
	})
	return broken, err
}

// mayNameLogTables: the event store itself, its migrations, and tests that break the database on purpose.
func mayNameLogTables(folder string) bool {
	return isUnder(folder, "eventstore") || isUnder(folder, "schema/migrations/eventstore") || isUnder(folder, "test")
}
