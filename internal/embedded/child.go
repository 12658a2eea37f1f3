package embedded

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// process is a running service: a child of ours, whose end the kernel tells us, or an adopted one, which is polled.
type process struct {
	pid     int
	ended   chan struct{} // closed when a child has been reaped; nil for an adopted process
	present func() bool   // for an adopted process
}

// startProcess starts a command with both outputs in a log file that is new at every start. The file is opened by us,
// so it works for a log folder the child's user could not create files in.
func startProcess(command *exec.Cmd, logName string) (*process, error) {
	output, err := os.OpenFile(logName, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	command.Stdout, command.Stderr = output, output
	if err := command.Start(); err != nil {
		return nil, err
	}
	started := &process{pid: command.Process.Pid, ended: make(chan struct{})}
	go func() {
		_ = command.Wait() // reaps the child; how it ended stands in its own log
		close(started.ended)
	}()
	return started, nil
}

func adoptProcess(pid int, present func() bool) *process {
	return &process{pid: pid, present: present}
}

func (p *process) alive() bool {
	if p.ended == nil {
		return p.present()
	}
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// waitEnd returns when the process has ended, or with the reason when the context ends first.
func (p *process) waitEnd(ctx context.Context) error {
	if p.ended == nil {
		return waitUntil(ctx, func() bool { return !p.present() })
	}
	select {
	case <-p.ended:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// stop asks a process to end and waits for it. When the context ends first, or the process cannot be asked, it is made to end
// within last. A process that was never started, or has ended, is stopped.
func (p *process) stop(ctx context.Context, ask, force syscall.Signal, last time.Duration) error {
	if p == nil || !p.alive() {
		return nil
	}
	if err := stopPID(ctx, p.pid, ask, p.alive); err == nil {
		return nil
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), last)
	defer cancel()
	return stopPID(ending, p.pid, force, p.alive)
}

// stopPID sends a signal and waits until the process is gone.
func stopPID(ctx context.Context, pid int, signal syscall.Signal, alive func() bool) error {
	if err := syscall.Kill(pid, signal); err != nil && alive() {
		return fmt.Errorf("send %s to process %d: %w", signal, pid, err)
	}
	if err := waitUntil(ctx, func() bool { return !alive() }); err != nil {
		return fmt.Errorf("process %d did not end: %w", pid, err)
	}
	return nil
}
