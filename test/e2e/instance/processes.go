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
	// Nice is its priority, -20 to 19.
	Nice int
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
			list = append(list, Process{ID: id, Command: command, Nice: niceOf(entry)})
		}
	}
	return list
}

// niceOf reads the 19th field of a process's stat (proc(5)); the second is a name that may hold anything but ends with the last
// parenthesis. A process that has ended meanwhile has 0.
func niceOf(entry string) int {
	stat, _ := os.ReadFile(filepath.Join(entry, "stat"))
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(fields) < 17 {
		return 0
	}
	nice, _ := strconv.Atoi(fields[16])
	return nice
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
