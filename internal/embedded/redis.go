package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"
)

// redisServer is the private Redis and the process that serves it.
type redisServer struct {
	placement placement
	databases int
	logger    *slog.Logger
	progress  func(string)
	process   *process
	adopted   bool
}

// start brings Redis up, or adopts the one that still runs on this data folder.
func (s *redisServer) start(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, readyWithin, fmt.Errorf("redis was not ready within %s", readyWithin))
	defer cancel()
	program, err := findRedis()
	if err != nil {
		return err
	}
	if pid := s.runningPID(); pid > 0 {
		if adopted, err := s.adopt(ctx, pid); err != nil || adopted {
			return err
		}
	}
	return s.launch(ctx, program)
}

// runningPID finds a live Redis by its working directory, which it changes to its data; 0 when there is none. A pid file
// would have to be checked the same way.
func (s *redisServer) runningPID() int {
	for _, program := range []string{"redis-server", "valkey-server"} {
		for _, pid := range processesIn(s.placement.redis, program) {
			return pid
		}
	}
	return 0
}

func (s *redisServer) adopt(ctx context.Context, pid int) (bool, error) {
	s.process = adoptProcess(pid, func() bool { return worksIn(pid, s.placement.redis) })
	patience, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := s.waitReady(patience); err != nil {
		if !s.process.alive() {
			return false, nil
		}
		// Its socket is gone or it hangs; the append-only file holds everything, so a restart loses nothing.
		s.progress("Restarting Redis, which runs but does not answer")
		return false, stopPID(ctx, pid, syscall.SIGTERM, s.process.alive)
	}
	s.adopted = true
	s.progress(fmt.Sprintf("Adopted the running Redis (process %d)", pid))
	return true, nil
}

func (s *redisServer) launch(ctx context.Context, program string) error {
	configuration := filepath.Join(s.placement.redis, "redis.conf")
	if err := s.placement.account.ownFile(configuration, s.configuration()); err != nil {
		return fmt.Errorf("write Redis settings: %w", err)
	}
	command := exec.Command(program, configuration)
	command.Dir = s.placement.redis
	command.Env = childEnvironment()
	command.SysProcAttr = s.placement.account.attributes()
	logName := filepath.Join(s.placement.logs, "redis.log")
	started, err := startProcess(command, logName)
	if err != nil {
		return fmt.Errorf("start Redis: %w", err)
	}
	s.process, s.adopted = started, false
	if err := s.waitReady(ctx); err != nil {
		return fmt.Errorf("redis did not start: %w; last lines of %s:\n%s", err, logName, tailOf(logName, 10))
	}
	s.progress(fmt.Sprintf("Redis is ready (process %d)", started.pid))
	return nil
}

// configuration: at most a second of operational state is lost in a crash (everysec), nothing is ever evicted, because
// keys are leases and sessions rather than a cache.
func (s *redisServer) configuration() []byte {
	var content bytes.Buffer
	line := func(name, value string) { fmt.Fprintf(&content, "%s %s\n", name, value) }
	content.WriteString("# Written by vidilog at every start; changes here are lost.\n")
	line("port", "0")
	line("unixsocket", strconv.Quote(s.placement.redisSocket()))
	line("unixsocketperm", "700")
	line("dir", strconv.Quote(s.placement.redis))
	line("daemonize", "no")
	line("appendonly", "yes")
	line("appendfsync", "everysec")
	line("save", `""`)
	line("maxmemory-policy", "noeviction")
	line("databases", strconv.Itoa(s.databases))
	line("loglevel", "notice")
	return content.Bytes()
}

// waitReady pings until Redis answers; while it loads its file it answers LOADING, which is waited for.
func (s *redisServer) waitReady(ctx context.Context) error {
	options := s.options()
	options.MaxRetries = -1
	client := redis.NewClient(options)
	defer client.Close()
	var last error
	err := waitUntil(ctx, func() bool {
		if !s.process.alive() {
			return true
		}
		attempt, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		last = client.Ping(attempt).Err()
		return last == nil
	})
	if err == nil && !s.process.alive() {
		return errors.New("its process ended")
	}
	if err != nil {
		return errors.Join(err, last)
	}
	return nil
}

// stop lets Redis write its file and end.
func (s *redisServer) stop(ctx context.Context) error {
	return s.process.stop(ctx, syscall.SIGTERM, syscall.SIGKILL, 5*time.Second)
}

func (s *redisServer) options() *redis.Options {
	return &redis.Options{Network: "unix", Addr: s.placement.redisSocket()}
}
