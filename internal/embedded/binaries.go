package embedded

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
)

// ErrMissingProgram says that PostgreSQL or Redis is not installed; the message names what to install.
var ErrMissingProgram = errors.New("program not found")

// postgresPrograms is one installed PostgreSQL: its major version and the folder of its programs.
type postgresPrograms struct {
	major int
	dir   string
}

func (p postgresPrograms) path(program string) string { return filepath.Join(p.dir, program) }

// postgresRoots are the places where distributions keep one folder per major version, outside PATH.
var postgresRoots = []string{
	"/usr/lib/postgresql/*/bin",          // Debian, Ubuntu
	"/usr/pgsql-*/bin",                   // PGDG on RHEL
	"/usr/libexec/postgresql*",           // Alpine
	"/opt/homebrew/opt/postgresql@*/bin", // macOS
	"/usr/local/opt/postgresql@*/bin",
}

// findPostgres answers the newest installed PostgreSQL, or exactly the wanted major version when wantMajor > 0, because
// a cluster can only be opened by the major version that made it.
func findPostgres(wantMajor int) (postgresPrograms, error) {
	found := installedPostgres()
	for _, candidate := range found {
		if wantMajor == 0 || candidate.major == wantMajor {
			return candidate, nil
		}
	}
	if wantMajor > 0 {
		return postgresPrograms{}, fmt.Errorf("%w: the database was made by PostgreSQL %d, which is not installed; install it (Debian: apt-get install postgresql-%d)",
			ErrMissingProgram, wantMajor, wantMajor)
	}
	return postgresPrograms{}, fmt.Errorf("%w: PostgreSQL; install it (Debian: apt-get install postgresql) or configure database.hostname", ErrMissingProgram)
}

// installedPostgres lists every usable installation, newest first.
func installedPostgres() []postgresPrograms {
	var dirs []string
	for _, pattern := range postgresRoots {
		matches, _ := filepath.Glob(pattern)
		dirs = append(dirs, matches...)
	}
	if inPath, err := exec.LookPath("postgres"); err == nil {
		if resolved, err := filepath.EvalSymlinks(inPath); err == nil {
			inPath = resolved
		}
		dirs = append(dirs, filepath.Dir(inPath))
	}
	var found []postgresPrograms
	for _, dir := range dirs {
		if !isExecutable(filepath.Join(dir, "postgres")) || !isExecutable(filepath.Join(dir, "initdb")) {
			continue
		}
		if major, err := postgresMajor(filepath.Join(dir, "postgres")); err == nil {
			found = append(found, postgresPrograms{major: major, dir: dir})
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].major > found[j].major })
	return found
}

var majorPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

func postgresMajor(postgres string) (int, error) {
	output, err := exec.Command(postgres, "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("ask %s for its version: %w", postgres, err)
	}
	match := majorPattern.FindSubmatch(output)
	if match == nil {
		return 0, fmt.Errorf("%s printed no version: %q", postgres, output)
	}
	return strconv.Atoi(string(match[1]))
}

// findRedis answers the path of redis-server, or of valkey-server, its drop-in successor in newer distributions.
func findRedis() (string, error) {
	for _, name := range []string{"redis-server", "valkey-server"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: Redis; install it (Debian: apt-get install redis-server) or configure redis.hostname", ErrMissingProgram)
}

func isExecutable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
