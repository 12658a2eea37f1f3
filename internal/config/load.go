package config

import (
	_ "embed"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
)

//go:embed defaults.yaml
var defaultValues []byte

const (
	defaultsSource = "defaults"
	defaultData    = "vidilog-data"
)

// Sources say where the configuration comes from; the zero value reads the process's environment and no extra file.
type Sources struct {
	// Lookup reads the environment; nil means os.LookupEnv.
	Lookup func(string) (string, bool)
	// Files are those of --config, later over earlier, all over those that node-config finds.
	Files []string
	// Changes are those of administrators, as JSON in the shape of the files, over all files; nil while there are none. With
	// them PeerTube's own file of changes (CustomFile) is not read: they took its place.
	Changes []byte
	// Data is --data: the folder of everything the server writes.
	Data string
	// Listen is --listen: host:port, or :port for all addresses.
	Listen string
}

// Load answers the effective configuration and warnings for a person, each once. An error names every wrong value with
// its key, its source and what would be right.
func Load(sources Sources) (*Config, []string, error) {
	if sources.Lookup == nil {
		sources.Lookup = os.LookupEnv
	}
	node := newNodeConfig(sources.Lookup)
	merged := newLayers()
	if err := merged.add(defaultsSource, defaultValues, false); err != nil {
		return nil, nil, err
	}
	if err := addAll(merged, node, sources); err != nil {
		return nil, nil, err
	}
	config := &Config{Environment: node.environment, InstanceNumber: node.instance, CustomFile: node.customFile(), Files: merged.files}
	if config.Environment == "" {
		config.Environment = "production"
	}
	config.Constants = constantsFor(config.Environment)
	decode := &decoder{layers: merged}
	decode.section(reflect.ValueOf(config).Elem(), merged.tree(), "")
	if len(decode.errors) == 0 {
		config.derive(merged)
		config.check(decode)
	}
	if len(decode.errors) > 0 {
		return nil, decode.warnings, fmt.Errorf("the configuration has wrong values:\n%w", errors.Join(decode.errors...))
	}
	return config, decode.warnings, nil
}

// addAll adds everything above the defaults, in order. What an administrator changes is over the files and under the variables of
// the environment, where PeerTube has it.
func addAll(merged *layers, node nodeConfig, sources Sources) error {
	replaced := ""
	if sources.Changes != nil {
		replaced = node.customFile()
	}
	if err := node.addFiles(merged, replaced); err != nil {
		return err
	}
	for _, file := range sources.Files {
		if err := merged.addFile(file); err != nil {
			return err
		}
	}
	if sources.Changes != nil {
		if err := merged.add("changed by an administrator", sources.Changes, true); err != nil {
			return err
		}
	}
	if err := node.addEnvironment(merged); err != nil {
		return err
	}
	return addFlags(merged, sources)
}

func addFlags(merged *layers, sources Sources) error {
	if sources.Data != "" {
		if err := merged.addValues("--data", map[string]any{"vidilog": map[string]any{"data": sources.Data}}); err != nil {
			return err
		}
	}
	if sources.Listen == "" {
		return nil
	}
	host, portText, err := net.SplitHostPort(sources.Listen)
	if err != nil {
		return &ValueError{Key: "--listen", Source: "command line", Reason: fmt.Sprintf("has %q, must be host:port such as 127.0.0.1:9000, or :9000 for all addresses", sources.Listen)}
	}
	port, err := strconv.Atoi(portText)
	if err != nil {
		return &ValueError{Key: "--listen", Source: "command line", Reason: fmt.Sprintf("has port %q, must be a number", portText)}
	}
	return merged.addValues("--listen", map[string]any{"listen": map[string]any{"hostname": host, "port": port}})
}

// derive fills what follows from other values: the public port, the data folder and the folders below it.
func (c *Config) derive(merged *layers) {
	if c.Webserver.Port == 0 {
		c.Webserver.Port = c.Listen.Port
	}
	if !merged.isSet("vidilog.shutdown_grace") {
		c.Vidilog.ShutdownGrace = c.Constants.ShutdownGrace
	}
	if c.Vidilog.Data == "" {
		c.Vidilog.Data = defaultData
		if c.Storage.Tmp != "" {
			// An instance laid out for PeerTube keeps everything in one folder, and its tests wipe that folder.
			c.Vidilog.Data = filepath.Dir(filepath.Clean(c.Storage.Tmp))
		}
	}
	c.Vidilog.Data = absolute(c.Vidilog.Data)
	storage := reflect.ValueOf(&c.Storage).Elem()
	for i := range storage.NumField() {
		folder := storage.Field(i).String()
		if folder == "" {
			folder = filepath.Join(c.Vidilog.Data, dashed(storage.Type().Field(i).Tag.Get("koanf")))
		}
		storage.Field(i).SetString(absolute(folder))
	}
}

// absolute resolves against the working directory, which is PeerTube's root folder in its service unit.
func absolute(folder string) string {
	if resolved, err := filepath.Abs(folder); err == nil {
		return resolved
	}
	return filepath.Clean(folder)
}

// dashed turns web_videos into web-videos, PeerTube's folder names.
func dashed(key string) string {
	name := []byte(key)
	for i, character := range name {
		if character == '_' {
			name[i] = '-'
		}
	}
	return string(name)
}
