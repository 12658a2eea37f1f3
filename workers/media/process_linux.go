package media

import (
	"os/exec"
	"runtime"
	"syscall"
)

// isolate gives the program a process group of its own, so that its end takes all children with it, and lets the kernel
// kill it when the server dies without saying goodbye: the restarted server runs the job again, and two ffmpegs must not
// eat the machine.
func isolate(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}

// stayOnThread keeps the goroutine on its thread until the returned function is called: Pdeathsig follows the thread.
func stayOnThread() (release func()) {
	runtime.LockOSThread()
	return runtime.UnlockOSThread
}
