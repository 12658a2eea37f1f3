//go:build !linux

package media

import (
	"os/exec"
	"syscall"
)

// isolate gives the program a process group of its own, so that its end takes all children with it. The kernel cannot be
// asked here to end it with the server.
func isolate(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}

func stayOnThread() (release func()) { return func() {} }
