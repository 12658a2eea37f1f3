package instance

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// RootPassword is the root user's in every instance of tests.
const RootPassword = "correct horse battery"

// Instance is one data folder and, while it runs, the server on it.
type Instance struct {
	// Binary is the program, Data the folder, Address what the server listens on.
	Binary, Data, Address string
	// Observe, when set, sees every answer that clients of this instance get. It is called by several goroutines.
	Observe func(Exchange)

	log     string
	process *exec.Cmd
	ended   chan struct{}
}

// New prepares an instance below a folder of Folder; nothing runs yet.
func New(ctx context.Context, binary, folder string) (*Instance, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	return &Instance{
		Binary: binary, Data: filepath.Join(folder, "data"), Address: address, log: filepath.Join(folder, "server.log"),
	}, nil
}

// freeAddress lets the kernel choose a port.
func freeAddress(ctx context.Context) (string, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// unlimited lifts the limits that protect a public instance from one address that asks as much as these tests do.
const unlimited = `NODE_CONFIG={"rates_limit":{"api":{"max":1000000},"client":{"max":1000000},"login":{"max":1000},"activity_pub":{"max":1000000}}}`

// URL is the base of all addresses of the instance.
func (i *Instance) URL() string { return "http://" + i.Address }

// Start runs the server with these variables in addition, and answers once it serves requests. It answers an error when
// the process ends before, or after 90 s.
func (i *Instance) Start(environment ...string) error {
	log, err := os.OpenFile(i.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	fmt.Fprintf(log, "---- start %s\n", strings.Join(environment, " "))
	command := exec.Command(i.Binary, "serve", "--data", i.Data, "--listen", i.Address) //nolint:noctx // it outlives the step that starts it
	command.Env = append(append(withoutOurs(os.Environ()), "PT_INITIAL_ROOT_PASSWORD="+RootPassword, unlimited), environment...)
	command.Stdout, command.Stderr = log, log
	// A signal of the terminal must not reach the server: tests say when it ends.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := command.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	i.process, i.ended = command, make(chan struct{})
	go func(ended chan struct{}) {
		_ = command.Wait() // how it ended is read from its state
		close(ended)
	}(i.ended)
	return i.waitReady(90 * time.Second)
}

// withoutOurs keeps a configuration of whoever runs the tests away from the instance.
func withoutOurs(environment []string) []string {
	var kept []string
	for _, e := range environment {
		if !strings.HasPrefix(e, "VIDILOG_") && !strings.HasPrefix(e, "NODE_") && !strings.HasPrefix(e, "PT_") {
			kept = append(kept, e)
		}
	}
	return kept
}

func (i *Instance) waitReady(limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	client := i.Anonymous()
	for {
		select {
		case <-i.ended:
			return fmt.Errorf("the server ended before it served (%s)\n%s", i.process.ProcessState, i.Log(30))
		case <-ctx.Done():
			return fmt.Errorf("the server did not serve within %s\n%s", limit, i.Log(30))
		case <-time.After(30 * time.Millisecond):
		}
		if answer, err := client.Do(ctx, http.MethodGet, "/readyz", nil); err == nil && answer.Status == http.StatusNoContent {
			return nil
		}
	}
}

// Ended is closed when the server has ended.
func (i *Instance) Ended() <-chan struct{} { return i.ended }

// WasKilled says that the server has ended by SIGKILL.
func (i *Instance) WasKilled() bool {
	select {
	case <-i.ended:
	default:
		return false
	}
	status, known := i.process.ProcessState.Sys().(syscall.WaitStatus)
	return known && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// Kill ends the server at once, as a crash does; its databases go on running.
func (i *Instance) Kill() error { return i.end(syscall.SIGKILL, 10*time.Second) }

// Stop ends the server in order, its databases with it. It answers an error when the exit code is not 0.
func (i *Instance) Stop() error {
	if err := i.end(syscall.SIGTERM, 60*time.Second); err != nil {
		return err
	}
	if !i.process.ProcessState.Success() {
		return fmt.Errorf("the server ended with %s\n%s", i.process.ProcessState, i.Log(30))
	}
	return nil
}

func (i *Instance) end(signal syscall.Signal, limit time.Duration) error {
	if i.process == nil {
		return nil
	}
	if err := i.process.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-i.ended:
		return nil
	case <-time.After(limit):
		return fmt.Errorf("the server has not ended %s after %s\n%s", limit, signal, i.Log(30))
	}
}

// Log answers the last lines of what the server has said, over all its runs.
func (i *Instance) Log(lines int) string {
	content, err := os.ReadFile(i.log)
	if err != nil {
		return err.Error()
	}
	var all []string
	for line := range strings.Lines(string(content)) {
		if !strings.Contains(line, "msg=request") || !strings.Contains(line, "status=2") { // what went well would hide the rest
			all = append(all, line)
		}
	}
	return strings.Join(all[max(0, len(all)-lines):], "")
}

// CleanUp ends whatever still works in the data folder and removes it. Only a failed test has something to end.
func (i *Instance) CleanUp() error {
	killed := i.Kill()
	for _, p := range i.Processes() {
		_ = syscall.Kill(p.ID, syscall.SIGKILL)
	}
	for deadline := time.Now().Add(10 * time.Second); len(i.Processes()) > 0 && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	return errors.Join(killed, os.RemoveAll(filepath.Dir(i.Data)))
}

// Run runs a verb of the command line on the instance's data and answers what it printed.
func (i *Instance) Run(ctx context.Context, verb ...string) (string, error) {
	command := exec.CommandContext(ctx, i.Binary, append(verb, "--data", i.Data)...)
	command.Env = withoutOurs(os.Environ())
	var complaints strings.Builder
	command.Stderr = &complaints
	output, err := command.Output()
	if err != nil {
		err = fmt.Errorf("vidilog %s: %w\n%s%s", strings.Join(verb, " "), err, output, complaints.String())
	}
	return string(output), err
}
