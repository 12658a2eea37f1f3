package schemagen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidilog/domain/kernel"
	"vidilog/eventstore/codec"
)

// Files answers what schema/events holds for the given types: <type>/v<n>.schema.json and <type>/v<n>.example.json, the
// second being the canonical bytes that the log would hold, with personal text sealed by ExampleSealer.
func Files(types []kernel.Event, opts ...codec.Option) (map[string][]byte, error) {
	registry, err := codec.New(types, append(opts, codec.WithSealer(ExampleSealer{}))...)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte, 2*len(types))
	for _, prototype := range types {
		base := fmt.Sprintf("%s/v%d", prototype.EventType(), codec.VersionOf(prototype))
		schema, err := json.MarshalIndent(schemaOf(prototype), "", "  ")
		if err != nil {
			return nil, fmt.Errorf("schema of %s: %w", prototype.EventType(), err)
		}
		draft, err := registry.Encode(Example(prototype), ExampleID)
		if err != nil {
			return nil, fmt.Errorf("example of %s: %w", prototype.EventType(), err)
		}
		files[base+".schema.json"] = append(schema, '\n')
		files[base+".example.json"] = draft.Payload
	}
	return files, nil
}

// Write puts the files into dir and removes generated files of types and versions that no longer exist, as long as
// frozen says nothing else: after the first release the examples of old versions stay for ever.
func Write(dir string, files map[string][]byte, frozen bool) error {
	stored, err := stored(dir)
	if err != nil {
		return err
	}
	for name := range stored {
		if _, wanted := files[name]; !wanted && !frozen {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				return err
			}
			_ = os.Remove(filepath.Dir(filepath.Join(dir, name))) // succeeds for the last file of a type only
		}
	}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Drift answers one line per file that is missing, differs or, unless frozen, belongs to nothing; sorted, empty when all is well.
func Drift(dir string, files map[string][]byte, frozen bool) ([]string, error) {
	stored, err := stored(dir)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		content, found := stored[name]
		switch {
		case !found:
			lines = append(lines, name+" is missing")
		case !bytes.Equal(content, files[name]):
			lines = append(lines, name+" differs from the Go struct")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(stored)) {
		if _, wanted := files[name]; !wanted && !frozen {
			lines = append(lines, name+" belongs to no event type")
		}
	}
	return lines, nil
}

func stored(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "/") || !strings.HasSuffix(path, ".json") {
			return err
		}
		content, err := fs.ReadFile(root, path)
		files[path] = content
		return err
	})
	return files, err
}
