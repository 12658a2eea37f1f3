package instance

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// BinaryVariable names a binary that is built already; without it tests build their own.
const BinaryVariable = "TEST_BINARY"

// Build compiles the binary into a folder and answers its path, so that what is tested is what lies in the source tree. It is
// built as tests are: packages that the tests share with it are compiled once.
func Build(ctx context.Context, folder string) (string, error) {
	if given := os.Getenv(BinaryVariable); given != "" {
		return filepath.Abs(given)
	}
	root, err := Root()
	if err != nil {
		return "", err
	}
	binary := filepath.Join(folder, "vidilog")
	command := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", binary, "./cmd/vidilog")
	command.Dir = root
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build ./cmd/vidilog: %w\n%s", err, output)
	}
	return binary, nil
}

// Root is the folder of the module: the nearest one above the working folder with a go.mod.
func Root() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for start := folder; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("no go.mod in %s or above", start)
		}
	}
}

// Folder makes a temporary folder that the user of the private PostgreSQL may enter, which testing's own may not be.
func Folder() (string, error) {
	folder, err := os.MkdirTemp("", "vidilog-test-")
	if err != nil {
		return "", err
	}
	return folder, os.Chmod(folder, 0o755) //nolint:gosec // another user must be able to enter
}
