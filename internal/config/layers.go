package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	koanfyaml "github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
	"go.yaml.in/yaml/v3"
)

// position says where a value was written; line is 0 when the source has none.
type position struct {
	source string
	line   int
}

func (p position) String() string {
	if p.line > 0 {
		return fmt.Sprintf("%s:%d", p.source, p.line)
	}
	return p.source
}

// layers merges sources, later over earlier: objects deeply, everything else, lists included, as a whole, as
// node-config does. It remembers where each value came from.
type layers struct {
	merged    *koanf.Koanf
	positions map[string]position
	files     []string
}

func newLayers() *layers {
	return &layers{merged: koanf.New("."), positions: map[string]position{}}
}

// jsonParser is a koanf.Parser: YAML does not take all JSON (tabs).
type jsonParser struct{}

func (jsonParser) Unmarshal(content []byte) (map[string]any, error) {
	var values map[string]any
	return values, json.Unmarshal(content, &values)
}

func (jsonParser) Marshal(values map[string]any) ([]byte, error) { return json.Marshal(values) }

// addFile merges a YAML or JSON file.
func (l *layers) addFile(name string) error {
	content, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read configuration %s: %w", name, err)
	}
	l.files = append(l.files, name)
	return l.add(name, content, filepath.Ext(name) == ".json")
}

// addFileIfPresent merges a file that need not exist.
func (l *layers) addFileIfPresent(name string) error {
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return l.addFile(name)
}

func (l *layers) add(source string, content []byte, isJSON bool) error {
	var parser koanf.Parser = koanfyaml.Parser()
	if isJSON {
		parser = jsonParser{}
	}
	if err := l.merged.Load(rawbytes.Provider(content), parser); err != nil {
		kind := "YAML"
		if isJSON {
			kind = "JSON"
		}
		return fmt.Errorf("configuration %s is not valid %s: %w", source, kind, err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(content, &document); err == nil && len(document.Content) > 0 {
		l.remember(source, "", document.Content[0])
	}
	return nil
}

// addValues merges values that come from no file, e.g. flags.
func (l *layers) addValues(source string, values map[string]any) error {
	content, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("encode %s: %w", source, err)
	}
	return l.add(source, content, true)
}

func (l *layers) remember(source, path string, node *yaml.Node) {
	if path != "" {
		at := position{source: source}
		if isFile(source) {
			at.line = node.Line
		}
		l.positions[path] = at
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			l.remember(source, join(path, node.Content[i].Value), node.Content[i+1])
		}
	case yaml.SequenceNode:
		for i, element := range node.Content {
			l.remember(source, fmt.Sprintf("%s[%d]", path, i), element)
		}
	}
}

func isFile(source string) bool {
	extension := filepath.Ext(source)
	return extension == ".yaml" || extension == ".yml" || extension == ".json"
}

// where answers the position of a key, or of the nearest section above it.
func (l *layers) where(path string) position {
	for current := path; current != ""; {
		if found, ok := l.positions[current]; ok {
			return found
		}
		cut := strings.LastIndexAny(current, ".[")
		if cut < 0 {
			break
		}
		current = current[:cut]
	}
	return position{source: "defaults"}
}

// isSet tells that a source above the built-in defaults gives the key.
func (l *layers) isSet(path string) bool {
	found, ok := l.positions[path]
	return ok && found.source != defaultsSource
}

func (l *layers) tree() map[string]any { return maps.Clone(l.merged.Raw()) }

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
