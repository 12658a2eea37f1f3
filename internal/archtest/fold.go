package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// CheckFolds reads the packages below domain and answers one sentence per event type that its package forgets: in
// Events(), so that the codec could not read it back, or in every Apply, so that state would silently ignore it. An event
// without a meaning for the state has an empty case, which says so.
//
// No linter does this: kernel.Event is not sealed, because each aggregate has its own.
func CheckFolds(root string, packages []Package) ([]string, error) {
	var broken []string
	for _, p := range packages {
		if !isUnder(p.Path, "domain") {
			continue
		}
		files, err := parseSources(filepath.Join(root, p.Path))
		if err != nil {
			return nil, err
		}
		broken = append(broken, forgotten(p.Path, files)...)
	}
	return broken, nil
}

func forgotten(path string, files []*ast.File) []string {
	var events, listed, folded []string
	for _, file := range files {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || function.Body == nil {
				continue
			}
			switch isMethod := function.Recv != nil; {
			case isMethod && function.Name.Name == "EventType":
				events = append(events, receiver(function))
			case isMethod && function.Name.Name == "Apply":
				folded = append(folded, names(function.Body)...)
			case !isMethod && function.Name.Name == "Events":
				listed = append(listed, names(function.Body)...)
			}
		}
	}
	var broken []string
	for _, event := range events {
		if !slices.Contains(listed, event) {
			broken = append(broken, fmt.Sprintf("%s.%s is not in Events() of its package: the codec could not read it", path, event))
		}
		if !slices.Contains(folded, event) {
			broken = append(broken, fmt.Sprintf("%s.%s is in no Apply of its package: add a case, an empty one if it changes nothing", path, event))
		}
	}
	return broken
}

func parseSources(folder string) ([]*ast.File, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// receiver answers the name of the type a method belongs to, "" for a type with parameters.
func receiver(method *ast.FuncDecl) string {
	kind := method.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// names answers every identifier in a body, which holds the types of its cases, assertions and literals.
func names(body *ast.BlockStmt) []string {
	var found []string
	ast.Inspect(body, func(node ast.Node) bool {
		if name, ok := node.(*ast.Ident); ok {
			found = append(found, name.Name)
		}
		return true
	})
	return found
}
