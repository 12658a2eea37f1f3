package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// nodeConfig reads what node-config, PeerTube's configuration library, would read: the files of NODE_CONFIG_DIR in its
// order, then NODE_CONFIG, then the variables that custom-environment-variables.yaml names.
type nodeConfig struct {
	lookup      func(string) (string, bool)
	environment string // NODE_ENV as given, may be empty
	instance    string
	dirs        []string
}

func newNodeConfig(lookup func(string) (string, bool)) nodeConfig {
	n := nodeConfig{lookup: lookup}
	n.environment, _ = lookup("NODE_ENV")
	if replaced, ok := lookup("NODE_CONFIG_ENV"); ok && replaced != "" {
		n.environment = replaced
	}
	n.instance, _ = lookup("NODE_APP_INSTANCE")
	if dirs, ok := lookup("NODE_CONFIG_DIR"); ok && dirs != "" {
		n.dirs = filepath.SplitList(dirs)
	} else if n.environment != "" {
		// Without the variable node-config looks into ./config; a clone of PeerTube is tested so.
		if _, err := os.Stat(filepath.Join("config", "default.yaml")); err == nil {
			n.dirs = []string{"config"}
		}
	}
	return n
}

// baseNames are the names of node-config's documentation ("File Load Order"), host names included.
func (n nodeConfig) baseNames() []string {
	subjects := []string{"default"}
	if n.environment != "" {
		subjects = append(subjects, n.environment)
	}
	for _, host := range n.hostNames() {
		subjects = append(subjects, host)
		if n.environment != "" {
			subjects = append(subjects, host+"-"+n.environment)
		}
	}
	subjects = append(subjects, "local")
	if n.environment != "" {
		subjects = append(subjects, "local-"+n.environment)
	}
	var names []string
	for _, subject := range subjects {
		names = append(names, subject)
		if n.instance != "" {
			names = append(names, subject+"-"+n.instance)
		}
	}
	return names
}

func (n nodeConfig) hostNames() []string {
	host, ok := n.lookup("HOST")
	if !ok || host == "" {
		host, _ = n.lookup("HOSTNAME")
	}
	if host == "" || strings.ContainsRune(host, filepath.Separator) {
		return nil
	}
	short, _, _ := strings.Cut(host, ".")
	return slices.Compact([]string{short, host})
}

// addFiles adds the files but the one that is replaced.
func (n nodeConfig) addFiles(l *layers, replaced string) error {
	for _, dir := range n.dirs {
		for _, name := range n.baseNames() {
			for _, extension := range []string{".json", ".yaml", ".yml"} {
				file := filepath.Join(dir, name+extension)
				if file == replaced {
					continue
				}
				if err := l.addFileIfPresent(file); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (n nodeConfig) addEnvironment(l *layers) error {
	if text, ok := n.lookup("NODE_CONFIG"); ok && text != "" {
		if err := l.add("NODE_CONFIG", []byte(text), true); err != nil {
			return err
		}
	}
	for _, dir := range n.dirs {
		if err := n.addMappedVariables(l, filepath.Join(dir, "custom-environment-variables.yaml")); err != nil {
			return err
		}
	}
	return nil
}

// addMappedVariables reads custom-environment-variables.yaml: a tree whose leaves are names of variables, or objects
// with __name and __format.
func (n nodeConfig) addMappedVariables(l *layers, file string) error {
	content, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read configuration %s: %w", file, err)
	}
	var names map[string]any
	if err := yaml.Unmarshal(content, &names); err != nil {
		return fmt.Errorf("configuration %s is not valid YAML: %w", file, err)
	}
	return n.addVariables(l, names, nil)
}

func (n nodeConfig) addVariables(l *layers, names map[string]any, path []string) error {
	for key, entry := range names {
		here := append(slices.Clone(path), key)
		name, format := "", ""
		switch typed := entry.(type) {
		case string:
			name = typed
		case map[string]any:
			if mapped, ok := typed["__name"].(string); ok {
				name = mapped
				format, _ = typed["__format"].(string)
			} else if err := n.addVariables(l, typed, here); err != nil {
				return err
			}
		}
		if err := n.addVariable(l, name, format, here); err != nil {
			return err
		}
	}
	return nil
}

func (n nodeConfig) addVariable(l *layers, name, format string, path []string) error {
	text, ok := n.lookup(name)
	if name == "" || !ok || text == "" {
		return nil
	}
	var value any = text
	switch format {
	case "json":
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			return fmt.Errorf("%s (environment variable %s) must be JSON: %w", strings.Join(path, "."), name, err)
		}
	case "yaml":
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			return fmt.Errorf("%s (environment variable %s) must be YAML: %w", strings.Join(path, "."), name, err)
		}
	}
	for i := len(path) - 1; i > 0; i-- {
		value = map[string]any{path[i]: value}
	}
	return l.addValues("environment variable "+name, map[string]any{path[0]: value})
}

// customFile is where PeerTube writes what an administrator changes: local[-env][-instance].json.
func (n nodeConfig) customFile() string {
	if len(n.dirs) == 0 {
		return ""
	}
	name := "local"
	if n.environment != "" {
		name += "-" + n.environment
	}
	if n.instance != "" {
		name += "-" + n.instance
	}
	return filepath.Join(n.dirs[len(n.dirs)-1], name+".json")
}
