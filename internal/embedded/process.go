package embedded

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pollInterval is how often the state of a process that is not our child is looked at.
const pollInterval = 50 * time.Millisecond

// isAlive tells whether a process runs. A zombie is dead: containers without an init process keep killed orphans as
// zombies, and PostgreSQL itself would take such a pid for a running server.
func isAlive(pid int) bool {
	if pid <= 0 {
		return false
	}
	if err := syscall.Kill(pid, 0); err != nil && !errors.Is(err, syscall.EPERM) {
		return false
	}
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return runtime.GOOS != "linux"
	}
	// The state follows the name in brackets, and the name may hold anything.
	rest := status[bytes.LastIndexByte(status, ')')+1:]
	fields := bytes.Fields(rest)
	return len(fields) > 0 && fields[0][0] != 'Z' && fields[0][0] != 'X'
}

// worksIn tells whether the process has the folder as its working directory, which is so for PostgreSQL and Redis and
// their data. It guards against pids that the system has given to somebody else. Without /proc it believes the pid.
func worksIn(pid int, dir string) bool {
	if runtime.GOOS != "linux" {
		return isAlive(pid)
	}
	cwd, err := os.Readlink(filepath.Join("/proc", strconv.Itoa(pid), "cwd"))
	return err == nil && isAlive(pid) && strings.TrimSuffix(cwd, " (deleted)") == dir
}

// processesIn lists the processes of a program whose working directory is the folder.
func processesIn(dir, program string) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || !worksIn(pid, dir) {
			continue
		}
		name, err := os.ReadFile(filepath.Join("/proc", entry.Name(), "comm"))
		if err == nil && strings.TrimSpace(string(name)) == program {
			pids = append(pids, pid)
		}
	}
	return pids
}

// waitUntil polls a condition until it holds or the context ends.
func waitUntil(ctx context.Context, condition func() bool) error {
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for !condition() {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ticker.C:
		}
	}
	return nil
}

// tailOf answers the last lines of a log file for an error message.
func tailOf(path string, lines int) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	if len(content) > 16<<10 {
		content = content[len(content)-16<<10:]
	}
	all := strings.Split(strings.TrimSpace(string(content)), "\n")
	if len(all) > lines {
		all = all[len(all)-lines:]
	}
	return strings.Join(all, "\n")
}
