package instance

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Process is a running program.
type Process struct {
	ID      int
	Command string
}

// Processes are all programs that work in the instance's data folder or have it in their arguments: server, PostgreSQL,
// Redis, ffmpeg.
func (i *Instance) Processes() []Process {
	var list []Process
	entries, _ := filepath.Glob("/proc/[0-9]*")
	for _, entry := range entries {
		id, _ := strconv.Atoi(filepath.Base(entry))
		arguments, _ := os.ReadFile(filepath.Join(entry, "cmdline"))
		place, _ := os.Readlink(filepath.Join(entry, "cwd"))
		command := strings.TrimSpace(strings.ReplaceAll(string(arguments), "\x00", " "))
		if command == "" { // a zombie or a thread of the kernel
			continue
		}
		if strings.HasPrefix(place, i.Data) || strings.Contains(command, i.Data) {
			list = append(list, Process{ID: id, Command: command})
		}
	}
	return list
}

// Postmaster is the process of the private PostgreSQL, 0 when it does not run.
func (i *Instance) Postmaster() int {
	content, err := os.ReadFile(filepath.Join(i.Data, "services", "postgres", "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(content), "\n")
	id, _ := strconv.Atoi(strings.TrimSpace(first))
	return id
}
