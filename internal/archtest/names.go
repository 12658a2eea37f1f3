package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// CheckNames answers one sentence per name that a package uses of another although its row allows only some of them.
func CheckNames(root, module string, table []Row, packages []Package) ([]string, error) {
	var broken []string
	for _, p := range packages {
		i := RowOf(table, p.Path)
		if i < 0 || len(table[i].Names) == 0 {
			continue
		}
		files, err := parseSources(filepath.Join(root, p.Path))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			broken = append(broken, excess(p.Path, module, table[i], file)...)
		}
	}
	return broken, nil
}

func excess(folder, module string, row Row, file *ast.File) []string {
	allowed := map[string][]string{} // by the name the file imports the package under
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		names, narrowed := row.Names[strings.TrimPrefix(imported, module+"/")]
		if !narrowed {
			continue
		}
		local := path.Base(imported)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		allowed[local] = names
	}
	var broken []string
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		local, ok := selector.X.(*ast.Ident)
		if !ok {
			return true
		}
		if names, narrowed := allowed[local.Name]; narrowed && !slices.Contains(names, selector.Sel.Name) {
			broken = append(broken, fmt.Sprintf("%s uses %s.%s: %s may use only %s of it (%s)",
				folder, local.Name, selector.Sel.Name, row.Name, strings.Join(names, ", "), row.Why))
		}
		return true
	})
	return broken
}
