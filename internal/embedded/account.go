package embedded

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the operating system user that owns the services' files and runs their processes.
type account struct {
	uid, gid int
	// isOther: the services run as somebody else than this process, which is the case for root only.
	isOther bool
}

// currentAccount is this process's own user.
func currentAccount() account {
	return account{uid: os.Geteuid(), gid: os.Getegid()}
}

// chooseAccount answers who runs the services. PostgreSQL refuses to run as root, so root hands over: to the owner of
// an existing cluster, else to postgres, else to nobody.
func chooseAccount(existingCluster string) (account, error) {
	owner, exists := fileOwner(existingCluster)
	if os.Geteuid() != 0 {
		if exists && owner.uid != os.Geteuid() {
			return account{}, fmt.Errorf("the database in %s belongs to user id %d, but vidilog runs as user id %d: start it as that user or as root",
				existingCluster, owner.uid, os.Geteuid())
		}
		return currentAccount(), nil
	}
	if exists && owner.uid != 0 {
		owner.isOther = true
		return owner, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := lookupAccount(name); err == nil {
			return found, nil
		}
	}
	return account{}, errors.New("PostgreSQL does not run as root, and neither a user postgres nor a user nobody exists: create one, or start vidilog as an ordinary user")
}

func lookupAccount(name string) (account, error) {
	entry, err := user.Lookup(name)
	if err != nil {
		return account{}, err
	}
	uid, err := strconv.Atoi(entry.Uid)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.Atoi(entry.Gid)
	if err != nil {
		return account{}, err
	}
	return account{uid: uid, gid: gid, isOther: true}, nil
}

// attributes start a process as the account, in a session of its own: a Ctrl-C in the terminal must reach vidilog only,
// which then stops its services in order.
func (a account) attributes() *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Setsid: true}
	if a.isOther {
		attributes.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attributes
}

// ownDir creates a folder that only the account may enter, and gives it to the account.
func (a account) ownDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if a.isOther {
		if err := os.Chown(dir, a.uid, a.gid); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o700)
}

// ownFile writes a file of mode 0600 for the account, replacing an older one at once.
func (a account) ownFile(name string, content []byte) error {
	temporary := name + ".new"
	if err := os.WriteFile(temporary, content, 0o600); err != nil {
		return err
	}
	if a.isOther {
		if err := os.Chown(temporary, a.uid, a.gid); err != nil {
			return err
		}
	}
	return os.Rename(temporary, name)
}

// reaches tells whether the account can work in the folder. It asks the kernel by entering it as that user: permission
// bits alone miss access lists, root-squashed mounts and every parent on the way.
func (a account) reaches(dir string) bool {
	if !a.isOther {
		return true
	}
	probe, err := os.MkdirTemp(dir, ".reach-")
	if err != nil {
		return false
	}
	defer os.RemoveAll(probe)
	if err := a.ownDir(probe); err != nil {
		return false
	}
	touch, err := exec.LookPath("touch")
	if err != nil {
		return false
	}
	command := exec.Command(touch, filepath.Join(probe, "file"))
	command.Dir = probe
	command.SysProcAttr = a.attributes()
	return command.Run() == nil
}

func fileOwner(path string) (account, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return account{}, false
	}
	status, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return account{}, false
	}
	return account{uid: int(status.Uid), gid: int(status.Gid)}, true
}
