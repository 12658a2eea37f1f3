package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// ticksPerSecond of /proc/PID/stat: USER_HZ, which is 100 on every Linux that Go runs on.
const ticksPerSecond = 100

// processes are those of the instance, by name.
type processes []struct {
	name string
	pid  int
}

// String is what was given.
func (p *processes) String() string {
	var given []string
	for _, one := range *p {
		given = append(given, fmt.Sprintf("%s=%d", one.name, one.pid))
	}
	return strings.Join(given, " ")
}

// Set takes name=pid, or a pid alone for the server.
func (p *processes) Set(text string) error {
	name, number, named := strings.Cut(text, "=")
	if !named {
		name, number = "server", text
	}
	pid, err := strconv.Atoi(number)
	if err != nil || pid < 1 {
		return errors.New("give name=pid, such as server=4711")
	}
	if _, err := os.Stat(filepath.Join("/proc", number)); err != nil {
		return fmt.Errorf("no process %d", pid)
	}
	*p = append(*p, struct {
		name string
		pid  int
	}{name, pid})
	return nil
}

// memory is what processes hold at a moment.
type memory struct {
	When      string          `json:"when"`
	Processes []processMemory `json:"processes"`
}

// processMemory is in bytes. Own is the resident memory of the process itself. Tree is that of it and its children, with
// pages that several processes share divided between them (PSS), so that PostgreSQL's buffers count once.
type processMemory struct {
	Name string `json:"name"`
	Own  int64  `json:"ownBytes"`
	Tree int64  `json:"treeBytes"`
}

func (p *processes) memory(when string) memory {
	m := memory{When: when}
	children := childrenOf()
	for _, one := range *p {
		pm := processMemory{Name: one.name, Own: kilobytes(one.pid, "status", "VmRSS:")}
		for _, pid := range tree(one.pid, children) {
			share := kilobytes(pid, "smaps_rollup", "Pss:")
			if share == 0 { // not ours to look at closely
				share = kilobytes(pid, "status", "VmRSS:")
			}
			pm.Tree += share
		}
		m.Processes = append(m.Processes, pm)
	}
	return m
}

// cpu is the processor time of all processes and their children so far, those that have ended included.
func (p *processes) cpu() time.Duration {
	var ticks int64
	children := childrenOf()
	counted := map[int]bool{}
	for _, one := range *p {
		for _, pid := range tree(one.pid, children) {
			if counted[pid] {
				continue
			}
			counted[pid] = true
			if fields := statFields(pid); len(fields) > 14 {
				for _, f := range fields[11:15] { // utime, stime, cutime, cstime: fields 14 to 17 of proc(5)
					n, _ := strconv.ParseInt(f, 10, 64)
					ticks += n
				}
			}
		}
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond
}

// statFields are those of /proc/PID/stat behind the name, which may hold anything; the first is the state, field 3.
func statFields(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
}

// childrenOf maps each process to its children.
func childrenOf() map[int][]int {
	children := map[int][]int{}
	entries, _ := os.ReadDir("/proc") // empty where there is no /proc: then there are no figures
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if fields := statFields(pid); len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], pid)
		}
	}
	return children
}

func tree(pid int, children map[int][]int) []int {
	all := []int{pid}
	for _, child := range children[pid] {
		all = append(all, tree(child, children)...)
	}
	return all
}

// kilobytes reads a line of a file in /proc/PID and answers bytes; 0 where it cannot be read.
func kilobytes(pid int, file, key string) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, key); found {
			if fields := strings.Fields(rest); len(fields) > 0 {
				n, _ := strconv.ParseInt(fields[0], 10, 64)
				return n << 10
			}
		}
	}
	return 0
}

func loadAverage() float64 {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0
	}
	load, _ := strconv.ParseFloat(strings.Fields(string(text))[0], 64)
	return load
}
