package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
)

var target = regexp.MustCompile(`(?m)^([a-z][a-z0-9 -]*):(?:[^=]|$)`)

// makeTargets answers the names that a Makefile has rules for.
func makeTargets(makefile string) map[string]bool {
	found := map[string]bool{}
	for _, rule := range target.FindAllStringSubmatch(makefile, -1) {
		for _, name := range strings.Fields(rule[1]) {
			found[name] = true
		}
	}
	return found
}

// packageComment says when the Go package of a folder has no comment. Packages of tests alone need none.
func packageComment(folder string) (problems []string, isPackage bool, err error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, false, err
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		isPackage = true
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			return nil, true, err
		}
		if file.Doc != nil {
			return nil, true, nil
		}
	}
	if isPackage {
		problems = []string{fmt.Sprintf("%s: no file of the package says what it is for (doc.go)", folder)}
	}
	return problems, isPackage, nil
}
