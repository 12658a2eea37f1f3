package engine

import (
	"errors"
	"io/fs"
	"strings"
)

// Queries answers a function that reads the statements of a model by the name of the question that they answer, from
// sql/NAME.sql of files. Where sql/columns.sql exists, it stands for {columns} in all of them.
//
// A model reads its statements when its package is initialised. One that is not there panics, so that any test of the model
// finds it.
func Queries(files fs.FS) func(name string) string {
	read := func(name string) (string, error) {
		text, err := fs.ReadFile(files, "sql/"+name+".sql")
		return string(text), err
	}
	columns, err := read("columns")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		panic(err)
	}
	columns = strings.TrimSpace(columns)
	return func(name string) string {
		text, err := read(name)
		if err != nil {
			panic(err)
		}
		return strings.ReplaceAll(text, "{columns}", columns)
	}
}
