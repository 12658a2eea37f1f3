package archtest

import (
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Load reads the imports of every package under root, the folder of go.mod.
//
// It parses the files itself: what the go command reads in a child process would be unknown to the test cache, and a
// cached "ok" would hide a new import.
func Load(root string) ([]Package, error) {
	var packages []Package
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if path != root && isOutside(entry.Name()) {
			return filepath.SkipDir
		}
		found, err := build.ImportDir(path, 0)
		var none *build.NoGoError
		if errors.As(err, &none) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the imports of %s: %w", path, err)
		}
		below, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		packages = append(packages, Package{
			Path:        strings.TrimPrefix(filepath.ToSlash(below), "."),
			Imports:     found.Imports,
			TestImports: slices.Concat(found.TestImports, found.XTestImports),
		})
		return nil
	})
	return packages, err
}

// isOutside: folders the go command does not look into, and those that hold no source of ours.
func isOutside(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") ||
		slices.Contains([]string{"testdata", "vendor", "node_modules", "data", "bin"}, name)
}
