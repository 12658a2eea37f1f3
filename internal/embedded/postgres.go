package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	superuser    = "vidilog"
	databaseName = "vidilog"
	// readyWithin bounds a start, crash recovery of a large write-ahead log included.
	readyWithin = 5 * time.Minute
	// orphansWithin is how long children of a killed postmaster get to notice its death by themselves.
	orphansWithin = 5 * time.Second
)

// postgresServer is the private cluster and the process that serves it.
type postgresServer struct {
	placement placement
	programs  postgresPrograms
	settings  map[string]string
	logger    *slog.Logger
	progress  func(string)
	process   *process
	adopted   bool
}

// start brings the cluster up, whatever state the last run left: running (adopted), stopping, killed, half-made, or new.
func (s *postgresServer) start(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, readyWithin, fmt.Errorf("PostgreSQL was not ready within %s", readyWithin))
	defer cancel()
	if err := s.choosePrograms(); err != nil {
		return err
	}
	if err := s.initialise(ctx); err != nil {
		return err
	}
	if pid := s.runningPID(); pid > 0 {
		adopted, err := s.adopt(ctx, pid)
		if err != nil || adopted {
			return err
		}
	}
	if err := s.clearRemains(ctx); err != nil {
		return err
	}
	return s.launch(ctx)
}

func (s *postgresServer) choosePrograms() error {
	wanted := 0
	if content, err := os.ReadFile(filepath.Join(s.placement.postgres, "PG_VERSION")); err == nil {
		if wanted, err = strconv.Atoi(strings.TrimSpace(string(content))); err != nil {
			return fmt.Errorf("read version of the database in %s: %w", s.placement.postgres, err)
		}
	}
	programs, err := findPostgres(wanted)
	s.programs = programs
	return err
}

// initialise makes the cluster beside its final place and renames it, so that a killed initdb leaves no half cluster.
func (s *postgresServer) initialise(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(s.placement.postgres, "PG_VERSION")); err == nil {
		return nil
	}
	s.progress(fmt.Sprintf("Creating a private PostgreSQL %d in %s", s.programs.major, s.placement.postgres))
	fresh := s.placement.postgres + ".new"
	output, err := s.initdb(ctx, fresh, "C.UTF-8")
	if err != nil && strings.Contains(output, "locale") {
		// macOS and musl do not know C.UTF-8; C with UTF8 sorts alike (by code point).
		output, err = s.initdb(ctx, fresh, "C")
	}
	if err != nil {
		return fmt.Errorf("create database in %s: %w\n%s", s.placement.postgres, err, strings.TrimSpace(output))
	}
	include := "\n# Settings of Vidilog, written anew at every start.\ninclude_if_exists = 'vidilog.conf'\n"
	if err := appendToFile(filepath.Join(fresh, "postgresql.conf"), include); err != nil {
		return fmt.Errorf("configure database: %w", err)
	}
	return os.Rename(fresh, s.placement.postgres)
}

// initdb makes a cluster with checksums. Authentication is "trust" because the only way in is a socket in a folder that
// only the owner and root may enter.
func (s *postgresServer) initdb(ctx context.Context, dir, locale string) (string, error) {
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	if err := s.placement.account.ownDir(dir); err != nil {
		return "", err
	}
	arguments := []string{"-D", dir, "-U", superuser, "--encoding=UTF8", "--locale=" + locale, "--data-checksums", "--auth=trust"}
	if s.settings["fsync"] == "off" {
		arguments = append(arguments, "--no-sync")
	}
	command := exec.CommandContext(ctx, s.programs.path("initdb"), arguments...)
	command.Dir = dir
	command.Env = childEnvironment()
	command.SysProcAttr = s.placement.account.attributes()
	output, err := command.CombinedOutput()
	return string(output), err
}

// adopt waits for a cluster that runs already. It answers false when that cluster was on its way down and is gone now.
func (s *postgresServer) adopt(ctx context.Context, pid int) (bool, error) {
	alive := func() bool { return worksIn(pid, s.placement.postgres) }
	status := s.pidFile().status
	if status == "stopping" {
		s.progress("Waiting for the last PostgreSQL to stop")
		return false, waitUntil(ctx, func() bool { return !alive() })
	}
	// The socket path may differ from ours after a move; the file says where it is. Then restart into the right place.
	if dir := s.pidFile().socketDir; dir != "" && dir != s.placement.sockets {
		s.progress("Restarting PostgreSQL, its socket is in another folder")
		return false, stopPID(ctx, pid, syscall.SIGINT, alive)
	}
	s.process = adoptProcess(pid, alive)
	if err := s.waitReady(ctx); err != nil {
		if !alive() {
			return false, nil
		}
		return false, fmt.Errorf("PostgreSQL runs as process %d but does not answer: %w", pid, err)
	}
	s.adopted = true
	s.progress(fmt.Sprintf("Adopted the running PostgreSQL (process %d)", pid))
	return true, nil
}

// clearRemains removes what a killed postmaster left: children that still hold the shared memory (a new postmaster
// refuses to start beside them) and a pid file whose number may belong to a stranger by now.
func (s *postgresServer) clearRemains(ctx context.Context) error {
	orphans := func() []int { return processesIn(s.placement.postgres, "postgres") }
	if len(orphans()) > 0 {
		s.progress("Waiting for the processes of a killed PostgreSQL to end")
		patience, cancel := context.WithTimeout(ctx, orphansWithin)
		defer cancel()
		if err := waitUntil(patience, func() bool { return len(orphans()) == 0 }); err != nil {
			for _, pid := range orphans() {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
			if err := waitUntil(ctx, func() bool { return len(orphans()) == 0 }); err != nil {
				return fmt.Errorf("end processes of a killed PostgreSQL: %w", err)
			}
		}
	}
	for _, stale := range []string{
		filepath.Join(s.placement.postgres, "postmaster.pid"),
		s.placement.postgresSocket(),
		s.placement.postgresSocket() + ".lock",
	} {
		if err := os.Remove(stale); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove stale file: %w", err)
		}
	}
	return nil
}

// launch starts the postmaster as a child and waits until it takes queries.
func (s *postgresServer) launch(ctx context.Context) error {
	if err := s.placement.account.ownFile(filepath.Join(s.placement.postgres, "vidilog.conf"), s.configuration()); err != nil {
		return fmt.Errorf("write PostgreSQL settings: %w", err)
	}
	logName := filepath.Join(s.placement.logs, "postgresql-start.log")
	command := exec.Command(s.programs.path("postgres"), "-D", s.placement.postgres)
	command.Dir = s.placement.postgres
	command.Env = childEnvironment()
	command.SysProcAttr = s.placement.account.attributes()
	started, err := startProcess(command, logName)
	if err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.process, s.adopted = started, false
	if err := s.waitReady(ctx); err != nil {
		return fmt.Errorf("PostgreSQL did not start: %w; last lines of its logs in %s:\n%s\n%s", err, s.placement.logs,
			tailOf(logName, 5), tailOf(filepath.Join(s.placement.logs, "postgresql-"+time.Now().UTC().Format("Mon")+".log"), 10))
	}
	s.progress(fmt.Sprintf("PostgreSQL %d is ready (process %d)", s.programs.major, started.pid))
	return nil
}

// waitReady connects until the cluster answers, its process ends or the context does; then it makes sure that the
// database exists.
func (s *postgresServer) waitReady(ctx context.Context) error {
	connect := func() error {
		attempt, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		return s.ensureDatabase(attempt)
	}
	var last error
	err := waitUntil(ctx, func() bool {
		if !s.process.alive() {
			return true
		}
		last = connect()
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

func (s *postgresServer) ensureDatabase(ctx context.Context) error {
	connection, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	defer connection.Close(context.WithoutCancel(ctx))
	var exists bool
	if err := connection.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", databaseName).Scan(&exists); err != nil || exists {
		return err
	}
	_, err = connection.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{databaseName}.Sanitize()+" TEMPLATE template0")
	return err
}

// stop ends the cluster in PostgreSQL's "fast" way (open transactions roll back, a checkpoint is written), and with
// "immediate" when the context ends first; the write-ahead log makes both safe.
func (s *postgresServer) stop(ctx context.Context) error {
	return s.process.stop(ctx, syscall.SIGINT, syscall.SIGQUIT, 10*time.Second)
}

// dsn is a connection string without secrets, in the key=value form that libpq and pgx read.
func (s *postgresServer) dsn(database string) string {
	return fmt.Sprintf("host=%s port=%d user=%s dbname=%s sslmode=disable", s.placement.sockets, postgresPort, superuser, database)
}

// postmasterFile is what postmaster.pid tells (src/include/utils/pidfile.h of PostgreSQL).
type postmasterFile struct {
	pid       int
	socketDir string
	status    string
}

func (s *postgresServer) pidFile() postmasterFile {
	content, err := os.ReadFile(filepath.Join(s.placement.postgres, "postmaster.pid"))
	if err != nil {
		return postmasterFile{}
	}
	lines := strings.Split(string(content), "\n")
	line := func(number int) string {
		if len(lines) < number {
			return ""
		}
		return strings.TrimSpace(lines[number-1])
	}
	pid, _ := strconv.Atoi(line(1))
	return postmasterFile{pid: pid, socketDir: line(5), status: line(8)}
}

// runningPID answers the pid of a live postmaster of this very cluster, or 0.
func (s *postgresServer) runningPID() int {
	if pid := s.pidFile().pid; pid > 0 && worksIn(pid, s.placement.postgres) {
		return pid
	}
	return 0
}

func appendToFile(name, text string) error {
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// childEnvironment is deliberately small: PGOPTIONS, PGDATA or locale variables of the caller must not reach the server.
func childEnvironment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "TZ=UTC"}
}
