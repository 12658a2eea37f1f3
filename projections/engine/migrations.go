package engine

import (
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

const indexesSuffix = "_indexes.sql"

var migrationNumber = regexp.MustCompile(`^(\d+)_[^/]+\.sql$`)

// splitMigrations answers the numbers of the last migration that must run before rows are written, and of the last of all.
func splitMigrations(files fs.FS) (tables, all int64, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, 0, err
	}
	firstIndex := int64(0)
	for _, name := range names {
		match := migrationNumber.FindStringSubmatch(name)
		if match == nil {
			return 0, 0, fmt.Errorf("migration %s: the name must be number_what.sql, such as 00001_tables.sql", name)
		}
		number, err := strconv.ParseInt(match[1], 10, 64)
		if err != nil || number < 1 {
			return 0, 0, fmt.Errorf("migration %s: the number must be 1 or more", name)
		}
		all = max(all, number)
		if !strings.HasSuffix(name, indexesSuffix) {
			tables = max(tables, number)
		} else if firstIndex == 0 || number < firstIndex {
			firstIndex = number
		}
	}
	if tables == 0 {
		return 0, 0, fmt.Errorf("no *.sql migration that creates tables")
	}
	if firstIndex != 0 && firstIndex < tables {
		return 0, 0, fmt.Errorf("migration %d is an *%s and must have a higher number than the tables' %d", firstIndex, indexesSuffix, tables)
	}
	return tables, all, nil
}
