package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"vidilog/eventstore"
)

// journal is what the writers of one process were going to do and what they were told. It survives kill -9 of the process:
// what has been handed to the operating system stays.
type journal struct {
	mu   sync.Mutex
	file *os.File
}

// entry is one line of a journal. An intent has a plan; its outcome follows with the same id.
type entry struct {
	Plan     *Plan               `json:"plan,omitempty"`
	ID       string              `json:"id,omitempty"`
	Position eventstore.Position `json:"position,omitempty"` // acknowledged there
	Refused  bool                `json:"refused,omitempty"`
}

func openJournal(path string) (*journal, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &journal{file: file}, nil
}

func (j *journal) intend(p Plan) error { return j.write(entry{Plan: &p}) }

func (j *journal) acknowledge(p Plan, at eventstore.Position) error {
	return j.write(entry{ID: p.ID, Position: at})
}

func (j *journal) refuse(p Plan) error { return j.write(entry{ID: p.ID, Refused: true}) }

func (j *journal) write(e entry) error {
	if j == nil {
		return nil
	}
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err = j.file.Write(append(line, '\n'))
	return err
}

// command is one append as the journals tell it.
type command struct {
	plan     Plan
	position eventstore.Position // 0: never acknowledged
	refused  bool
}

// open says that nobody knows yet what became of it.
func (c command) open() bool { return c.position == 0 && !c.refused }

// readJournal adds a journal's commands. A last line that a kill cut off does not count.
func readJournal(path string, commands map[string]*command) error {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := addEntry(bytes.TrimSpace(line), commands); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
}

func addEntry(line []byte, commands map[string]*command) error {
	var e entry
	if err := json.Unmarshal(line, &e); err != nil {
		return fmt.Errorf("line %.60q: %w", line, err)
	}
	if e.Plan != nil {
		if commands[e.Plan.ID] == nil { // sent again after a kill: the same command
			commands[e.Plan.ID] = &command{plan: *e.Plan}
		}
		return nil
	}
	c := commands[e.ID]
	if c == nil {
		return fmt.Errorf("an outcome of %s without its intent", e.ID)
	}
	if c.position != 0 && c.position != e.Position {
		return fmt.Errorf("%s was acknowledged at %d and at %d", e.ID, c.position, e.Position)
	}
	c.position, c.refused = e.Position, e.Refused
	return nil
}
