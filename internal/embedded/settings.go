package embedded

import (
	"bytes"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

// defaultSettings tune the cluster for one server on one machine that also runs ffmpeg. Durability stays on: the event
// log is the only truth, and fsync is what an acknowledged append rests on.
func defaultSettings() map[string]string {
	return map[string]string{
		"listen_addresses":             "",
		"max_connections":              "100",
		"shared_buffers":               sharedBuffers(),
		"work_mem":                     "8MB",
		"maintenance_work_mem":         "64MB",
		"max_wal_size":                 "2GB", // rebuilds write much; few checkpoints keep appends even
		"min_wal_size":                 "256MB",
		"wal_compression":              "on",
		"checkpoint_timeout":           "15min",
		"checkpoint_completion_target": "0.9",
		"fsync":                        "on",
		"full_page_writes":             "on",
		"synchronous_commit":           "on",
		"jit":                          "off", // short queries only; compiling costs more than it saves
		"random_page_cost":             "1.1",
		"timezone":                     "UTC",
		"log_timezone":                 "UTC",
		"cluster_name":                 "vidilog",
		// One file per weekday, overwritten a week later: the logs never fill the disk.
		"logging_collector":                 "on",
		"log_filename":                      "postgresql-%a.log",
		"log_truncate_on_rotation":          "on",
		"log_rotation_age":                  "1d",
		"log_rotation_size":                 "0",
		"log_min_duration_statement":        "2s",
		"log_parameter_max_length":          "0", // values of parameters are personal data
		"log_parameter_max_length_on_error": "0",
		"log_error_verbosity":               "terse", // the detail of a violated constraint quotes the row
	}
}

// configuration is the content of vidilog.conf.
func (s *postgresServer) configuration() []byte {
	settings := defaultSettings()
	settings["unix_socket_directories"] = s.placement.sockets
	settings["unix_socket_permissions"] = "0700"
	settings["port"] = strconv.Itoa(postgresPort)
	settings["log_directory"] = s.placement.logs
	for name, value := range s.settings {
		settings[name] = value
	}
	names := make([]string, 0, len(settings))
	for name := range settings {
		names = append(names, name)
	}
	sort.Strings(names)
	var content bytes.Buffer
	content.WriteString("# Written by vidilog at every start; changes here are lost.\n")
	for _, name := range names {
		fmt.Fprintf(&content, "%s = '%s'\n", name, strings.ReplaceAll(settings[name], "'", "''"))
	}
	return content.Bytes()
}

// sharedBuffers is a sixteenth of the memory, between 64 and 256 MB: the kernel's cache does the rest, and the machine
// needs its memory for ffmpeg.
func sharedBuffers() string {
	const fallback = 128
	megabytes := fallback
	if content, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kilobytes int
		if _, err := fmt.Sscanf(string(content), "MemTotal: %d kB", &kilobytes); err == nil {
			megabytes = min(max(kilobytes/1024/16, 64), 256)
		}
	}
	return strconv.Itoa(megabytes) + "MB"
}
