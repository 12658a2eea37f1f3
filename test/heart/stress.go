package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	stressProcesses = 2
	stressWriters   = 32
	finishWithin    = 60 * time.Second
)

// Stressed is what the stress part did and found.
type Stressed struct {
	Verdict
	KilledProcesses int     `json:"killedProcesses"`
	KilledDatabases int     `json:"killedDatabases"`
	EventsPerSecond float64 `json:"eventsPerSecond"`
}

// stress lets the processes write while one of them and PostgreSQL are killed, and then verifies the log.
func stress(ctx context.Context, dsn, dir string, l length, seed int64, out io.Writer) (Stressed, error) {
	fmt.Fprintf(out, "\n%d processes of %d writers for %s, killing one of them and PostgreSQL every %s or so\n",
		stressProcesses, stressWriters, l.stress, l.kills)
	processes := make([]*process, stressProcesses)
	for i := range processes {
		processes[i] = &process{task: Task{
			DSN: dsn, Journal: filepath.Join(dir, fmt.Sprintf("journal-%d", i)), Process: i, Writers: stressWriters,
		}, seed: uint64(seed)}
		if err := processes[i].start(ctx); err != nil {
			return Stressed{}, err
		}
		defer processes[i].kill()
	}
	for _, p := range processes {
		if err := p.begun(ctx); err != nil {
			return Stressed{}, fmt.Errorf("process %d: %w", p.task.Process, err)
		}
	}
	started := time.Now()
	found, err := killAround(ctx, dsn, processes[1], l, rand.New(rand.NewPCG(uint64(seed), 2)))
	if err != nil {
		return found, err
	}
	for _, p := range processes {
		if err := p.input.Close(); err != nil {
			return found, err
		}
	}
	for _, p := range processes {
		if err := p.finish(); err != nil {
			return found, fmt.Errorf("process %d: %w", p.task.Process, err)
		}
	}
	elapsed := time.Since(started)
	if found.Verdict, err = verify(ctx, dsn, processes); err != nil {
		return found, err
	}
	found.EventsPerSecond = float64(found.Events) / elapsed.Seconds()
	fmt.Fprintf(out, "%d kills of a process, %d of PostgreSQL; %.0f events/s all through\n",
		found.KilledProcesses, found.KilledDatabases, found.EventsPerSecond)
	found.Verdict.print(out)
	return found, nil
}

// killAround kills by turns, at random moments.
func killAround(
	ctx context.Context, dsn string, victim *process, l length, random *rand.Rand,
) (found Stressed, err error) {
	end := time.After(l.stress)
	for turn := 0; ; turn++ {
		select {
		case <-end:
			return found, nil
		case <-ctx.Done():
			return found, ctx.Err()
		case <-time.After(l.kills/2 + time.Duration(random.Int64N(int64(l.kills)))):
		}
		if turn%2 == 0 {
			victim.kill()
			victim.task.Life++
			err = victim.start(ctx)
			found.KilledProcesses++
		} else {
			err = killPostgres(ctx, dsn)
			found.KilledDatabases++
		}
		if err != nil {
			return found, err
		}
	}
}

// killPostgres kills the postmaster; its children end themselves when they notice. The embedded service starts it again.
func killPostgres(ctx context.Context, dsn string) error {
	for deadline := time.Now().Add(openWithin); ; {
		pid, err := postmaster(ctx, dsn)
		if err == nil {
			return syscall.Kill(pid, syscall.SIGKILL)
		}
		if time.Now().After(deadline) || ctx.Err() != nil {
			return fmt.Errorf("find PostgreSQL to kill it: %w", err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func postmaster(ctx context.Context, dsn string) (int, error) {
	connection, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return 0, err
	}
	defer func() { _ = connection.Close(ctx) }()
	var dir string
	if err := connection.QueryRow(ctx, "SHOW data_directory").Scan(&dir); err != nil {
		return 0, err
	}
	content, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	line, _, err := bufio.NewReader(bytes.NewReader(content)).ReadLine()
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(line))
}

// process is one process of writers, in its present life.
type process struct {
	task    Task
	seed    uint64
	command *exec.Cmd
	input   io.WriteCloser
	output  bytes.Buffer
	ended   chan error
}

func (p *process) start(ctx context.Context) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	p.task.Seed = p.seed + uint64(1_000*p.task.Process+100*p.task.Life)
	p.output.Reset()
	p.command = exec.CommandContext(ctx, program, workerVerb)
	p.command.Stdout, p.command.Stderr = &p.output, &p.output
	if p.input, err = p.command.StdinPipe(); err != nil {
		return err
	}
	if err := p.command.Start(); err != nil {
		return err
	}
	p.ended = make(chan error, 1)
	go func() { p.ended <- p.command.Wait() }()
	return json.NewEncoder(p.input).Encode(p.task)
}

// begun waits until the process writes: on a busy machine a kill would otherwise meet one that is still starting, life after
// life, and nothing would be put to the test.
func (p *process) begun(ctx context.Context) error {
	deadline := time.After(openWithin + finishWithin)
	for {
		if file, err := os.Stat(p.task.Journal); err == nil && file.Size() > 0 {
			return nil
		}
		select {
		case err := <-p.ended:
			p.ended <- err
			return fmt.Errorf("ended before it wrote: %w: %s", err, p.output.String())
		case <-deadline:
			return errors.New("does not begin to write")
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// kill ends the process without any chance to finish.
func (p *process) kill() {
	if p.command.Process.Kill() == nil {
		p.ended <- <-p.ended // whoever asks later gets it again
	}
}

// finish waits for the process, whose input has been closed, and answers what it had to complain of.
func (p *process) finish() error {
	select {
	case err := <-p.ended:
		p.ended <- err
		if err != nil {
			return fmt.Errorf("%w: %s", err, p.output.String())
		}
		return nil
	case <-time.After(2 * finishWithin):
		return errors.New("does not end")
	}
}
