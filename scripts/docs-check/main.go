// Command docs-check keeps the documents true to the tree: relative links in Markdown lead to files (and headings) that
// exist, every `make target` they name is in the Makefile, and every Go package has a comment.
//
// It imports the standard library only, so that it runs before anything else is known to compile.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	problems, checked, err := check(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, "docs-check:", err)
		os.Exit(2)
	}
	if len(problems) > 0 {
		fmt.Fprintln(os.Stderr, strings.Join(problems, "\n"))
		os.Exit(1)
	}
	fmt.Printf("docs-check: %d documents, %d packages\n", checked.documents, checked.packages)
}

type counts struct{ documents, packages int }

// check answers what is wrong below root, one line each, in the form file:line: sentence.
func check(root string) (problems []string, checked counts, err error) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		return nil, checked, err
	}
	targets := makeTargets(string(makefile))

	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && isOutside(entry.Name()):
			return filepath.SkipDir
		case entry.IsDir():
			found, isPackage, err := packageComment(path)
			if isPackage {
				checked.packages++
			}
			problems = append(problems, found...)
			return err
		case strings.HasSuffix(path, ".md"):
			checked.documents++
			found, err := checkDocument(path, targets)
			problems = append(problems, found...)
			return err
		}
		return nil
	})
	return problems, checked, err
}

// isOutside: what is not written by us, or not source.
func isOutside(name string) bool {
	return strings.HasPrefix(name, ".") || slices.Contains([]string{"node_modules", "testdata", "vendor", "data", "bin", "dist"}, name)
}
