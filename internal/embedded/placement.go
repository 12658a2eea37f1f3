package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	// pointerFileName holds, in the data folder, the path of the services' files when they had to go elsewhere.
	pointerFileName = "services-moved-to"
	// servicesDirName is where the services live below the data folder when their user can reach it.
	servicesDirName = "services"
	// longestSocketPath is sun_path of unix(7) without the closing zero byte.
	longestSocketPath = 107
	postgresPort      = 5432
)

// movedRoot is where clusters go when their user cannot reach the data folder. A variable for the tests only.
var movedRoot = "/var/lib/vidilog"

// placement says where everything of the two services lies.
type placement struct {
	account  account
	root     string // holds postgres, redis and logs
	sockets  string // short path, mode 0700
	hash     string // of the data folder's path
	postgres string
	redis    string
	logs     string
}

// locate answers the placement of an existing or future pair of services without creating anything.
func locate(dataDir string) (placement, error) {
	absolute, err := filepath.Abs(dataDir)
	if err != nil {
		return placement{}, fmt.Errorf("resolve data folder %s: %w", dataDir, err)
	}
	if resolved, err := filepath.EvalSymlinks(absolute); err == nil {
		absolute = resolved
	}
	root := filepath.Join(absolute, servicesDirName)
	hash := pathHash(absolute)
	pointer, err := os.ReadFile(filepath.Join(absolute, pointerFileName))
	switch {
	case err == nil:
		root = strings.TrimSpace(string(pointer))
		if !filepath.IsAbs(root) {
			return placement{}, fmt.Errorf("%s must hold an absolute path, has %q", filepath.Join(absolute, pointerFileName), root)
		}
		// The hash of the first path stays in use when the data folder is renamed: a running cluster is still found.
		hash = filepath.Base(root)
	case !errors.Is(err, fs.ErrNotExist):
		return placement{}, fmt.Errorf("read pointer to the services: %w", err)
	}
	return placementAt(root, hash)
}

func placementAt(root, hash string) (placement, error) {
	if resolved, err := filepath.EvalSymlinks(root); err == nil {
		root = resolved // processes are recognised by their working directory, which the kernel tells resolved
	}
	p := placement{root: root, hash: hash, postgres: filepath.Join(root, "postgres"), redis: filepath.Join(root, "redis"), logs: filepath.Join(root, "logs")}
	var err error
	if p.account, err = chooseAccount(p.postgres); err != nil {
		return placement{}, err
	}
	p.sockets = socketDir(hash)
	if longest := len(p.postgresSocket()); longest > longestSocketPath {
		return placement{}, fmt.Errorf("socket path %s has %d bytes, the system allows %d: set TMPDIR to a shorter folder", p.postgresSocket(), longest, longestSocketPath)
	}
	return p, nil
}

// prepare creates the folders, and moves the root away from a data folder that the services' user cannot reach.
func prepare(dataDir string) (placement, error) {
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return placement{}, fmt.Errorf("create data folder: %w", err)
	}
	p, err := locate(dataDir)
	if err != nil {
		return placement{}, err
	}
	if err := os.MkdirAll(p.root, 0o755); err != nil {
		return placement{}, fmt.Errorf("create folder of the services: %w", err)
	}
	if !p.account.reaches(p.root) {
		if p, err = p.moveAway(dataDir); err != nil {
			return placement{}, err
		}
	}
	for _, dir := range []string{p.redis, p.logs} {
		if err := p.account.ownDir(dir); err != nil {
			return placement{}, fmt.Errorf("create %s for user id %d: %w", dir, p.account.uid, err)
		}
	}
	return p, p.prepareSockets()
}

// moveAway chooses /var/lib/vidilog/<hash> and leaves the pointer in the data folder. The pointer is written last: a
// crash before it repeats the same choice.
func (p placement) moveAway(dataDir string) (placement, error) {
	if _, err := os.Stat(filepath.Join(p.postgres, "PG_VERSION")); err == nil {
		return placement{}, fmt.Errorf("user id %d, owner of the database in %s, cannot reach it: give it permission to enter every folder above", p.account.uid, p.postgres)
	}
	_ = os.Remove(p.root) // only when empty
	moved, err := placementAt(filepath.Join(movedRoot, p.hash), p.hash)
	if err != nil {
		return placement{}, err
	}
	if err := os.MkdirAll(moved.root, 0o755); err != nil {
		return placement{}, fmt.Errorf("create %s, because user id %d cannot reach %s: %w", moved.root, moved.account.uid, dataDir, err)
	}
	if !moved.account.reaches(moved.root) {
		return placement{}, fmt.Errorf("user id %d, who runs the database, can reach neither %s nor %s: choose a --data that others may enter", moved.account.uid, dataDir, moved.root)
	}
	pointer := filepath.Join(dataDir, pointerFileName)
	if err := os.WriteFile(pointer+".new", []byte(moved.root+"\n"), 0o644); err != nil {
		return placement{}, fmt.Errorf("write pointer to the services: %w", err)
	}
	return moved, os.Rename(pointer+".new", pointer)
}

// prepareSockets creates the socket folder and refuses one that somebody else made first in a world-writable place.
func (p placement) prepareSockets() error {
	if err := os.MkdirAll(filepath.Dir(p.sockets), 0o755); err != nil {
		return fmt.Errorf("create folder for sockets: %w", err)
	}
	if err := os.Mkdir(p.sockets, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("create socket folder: %w", err)
	}
	info, err := os.Lstat(p.sockets)
	if err != nil {
		return fmt.Errorf("inspect socket folder: %w", err)
	}
	owner, _ := fileOwner(p.sockets)
	if !info.IsDir() || (owner.uid != p.account.uid && owner.uid != os.Geteuid()) {
		return fmt.Errorf("socket folder %s belongs to user id %d or is no folder: remove it", p.sockets, owner.uid)
	}
	return p.account.ownDir(p.sockets)
}

// socketDir is short whatever the length of the data path: /run/vidilog/<hash> for root, else /tmp/vidilog-<uid>-<hash>.
func socketDir(hash string) string {
	if os.Geteuid() == 0 {
		if info, err := os.Stat("/run"); err == nil && info.IsDir() {
			return filepath.Join("/run/vidilog", hash)
		}
	}
	return filepath.Join("/tmp", fmt.Sprintf("vidilog-%d-%s", os.Geteuid(), hash))
}

func (p placement) postgresSocket() string {
	return filepath.Join(p.sockets, fmt.Sprintf(".s.PGSQL.%d", postgresPort))
}

func (p placement) redisSocket() string { return filepath.Join(p.sockets, "redis.sock") }

func pathHash(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:6])
}
