package config

import (
	"os"
	"reflect"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestDefaultsCoverTheSchema fails for a field without a default, which would start as zero by accident.
func TestDefaultsCoverTheSchema(t *testing.T) {
	content, err := os.ReadFile("defaults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := yaml.Unmarshal(content, &tree); err != nil {
		t.Fatal(err)
	}
	missing(t, reflect.TypeFor[Config](), tree, "")
}

func missing(t *testing.T, section reflect.Type, tree map[string]any, path string) {
	t.Helper()
	for i := range section.NumField() {
		field := section.Field(i)
		key := field.Tag.Get("koanf")
		if key == "-" {
			continue
		}
		value, given := tree[key]
		if key == "" || !given {
			t.Errorf("%s has no default", join(path, field.Name))
			continue
		}
		if field.Type.Kind() == reflect.Struct {
			below, _ := value.(map[string]any)
			missing(t, field.Type, below, join(path, key))
		}
	}
}
