package testpg_test

import (
	"fmt"
	"time"
)

const timeout = time.Minute

// recorder stands for a test whose end the suite chooses.
type recorder struct{ cleanups []func() }

func (r *recorder) Helper()                   {}
func (r *recorder) Cleanup(f func())          { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Fatalf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }

func (r *recorder) end() {
	for i := len(r.cleanups) - 1; i >= 0; i-- {
		r.cleanups[i]()
	}
}
