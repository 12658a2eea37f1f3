// Package failpoint lets a test kill, stop or delay the server at a named place, to prove that a crash there loses nothing.
//
// A place declares its point once, as a package variable, and hits it in the code:
//
//	var beforeCommit = failpoint.New("append.before-commit")
//	…
//	if err := beforeCommit.Hit(); err != nil { return err }
//
// The environment variable VIDILOG_FAILPOINTS arms points, separated by ";" or ",":
//
//	append.before-commit=kill@3;media.ffmpeg=sleep:100ms
//
// kill ends the own process with SIGKILL on the n-th hit (the first without @n), panic panics, error answers ErrInjected,
// sleep:<duration> waits. With @n an action happens on the n-th hit only; without it every time.
// An unarmed point costs one atomic load.
package failpoint

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Environment is the variable that arms failpoints at the start of the process.
const Environment = "VIDILOG_FAILPOINTS"

// ErrInjected is what an armed point with the action "error" answers.
var ErrInjected = errors.New("failpoint")

type kind int

const (
	kindKill kind = iota
	kindPanic
	kindError
	kindSleep
)

type action struct {
	kind  kind
	delay time.Duration
	// onHit is the only hit that acts, counted from 1 since arming; 0 means every hit.
	onHit int64
	hits  atomic.Int64
}

// Point is one named place.
type Point struct {
	name  string
	armed atomic.Pointer[action]
}

var registry = struct {
	sync.Mutex
	points map[string]*Point
	// pending are armed names whose point has not been declared yet, because package variables come in import order.
	pending map[string]*action
	err     error
}{points: map[string]*Point{}, pending: map[string]*action{}}

// anyArmed keeps Hit by name free of a map look-up as long as nothing at all is armed.
var anyArmed atomic.Bool

func init() {
	if err := Arm(os.Getenv(Environment)); err != nil {
		registry.err = fmt.Errorf("%s: %w", Environment, err)
	}
}

// New declares a point; the same name answers the same point.
func New(name string) *Point {
	registry.Lock()
	defer registry.Unlock()
	return declare(name)
}

func declare(name string) *Point {
	point, known := registry.points[name]
	if !known {
		point = &Point{name: name}
		registry.points[name] = point
		if waiting, ok := registry.pending[name]; ok {
			point.armed.Store(waiting)
			delete(registry.pending, name)
		}
	}
	return point
}

// Hit does what the point is armed for; nil when it is not.
func (p *Point) Hit() error {
	armed := p.armed.Load()
	if armed == nil {
		return nil
	}
	return armed.act(p.name)
}

// Hit hits the point of this name, declared or not. It is for places that are too rare to keep a variable.
func Hit(name string) error {
	if !anyArmed.Load() {
		return nil
	}
	return New(name).Hit()
}

func (a *action) act(name string) error {
	if hit := a.hits.Add(1); a.onHit != 0 && hit != a.onHit {
		return nil
	}
	switch a.kind {
	case kindKill:
		// Not os.Exit: no deferred function and no flush may run, as in a real crash.
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case kindPanic:
		panic("failpoint " + name)
	case kindSleep:
		time.Sleep(a.delay)
		return nil
	default:
		return fmt.Errorf("%w %s", ErrInjected, name)
	}
}

// Names lists every declared point, sorted.
func Names() []string {
	registry.Lock()
	defer registry.Unlock()
	names := make([]string, 0, len(registry.points))
	for name := range registry.points {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Check answers what is wrong with the environment variable: its syntax, or a name that no linked package declares. A
// misspelt failpoint would make a crash test pass without a crash, so serve calls it at start.
func Check() error {
	registry.Lock()
	defer registry.Unlock()
	if registry.err != nil {
		return registry.err
	}
	for name := range registry.pending {
		return fmt.Errorf("%s: no failpoint is called %q", Environment, name)
	}
	return nil
}

// Arm replaces all armed points by those of the list; the empty list disarms all. Counting starts anew.
func Arm(list string) error {
	wanted := map[string]*action{}
	for _, entry := range strings.FieldsFunc(list, func(r rune) bool { return r == ';' || r == ',' }) {
		name, text, found := strings.Cut(strings.TrimSpace(entry), "=")
		if !found || name == "" {
			return fmt.Errorf("%q must be name=action", entry)
		}
		parsed, err := parse(text)
		if err != nil {
			return fmt.Errorf("failpoint %s: %w", name, err)
		}
		wanted[name] = parsed
	}
	registry.Lock()
	defer registry.Unlock()
	for name, point := range registry.points {
		point.armed.Store(wanted[name])
		delete(wanted, name)
	}
	registry.pending = wanted
	anyArmed.Store(list != "")
	return nil
}

func parse(text string) (*action, error) {
	parsed := &action{}
	verb, count, counted := strings.Cut(text, "@")
	if counted {
		n, err := strconv.ParseInt(count, 10, 64)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q after @ must be a number from 1", count)
		}
		parsed.onHit = n
	}
	verb, argument, _ := strings.Cut(verb, ":")
	switch verb {
	case "kill":
		parsed.kind = kindKill
	case "panic":
		parsed.kind = kindPanic
	case "error":
		parsed.kind = kindError
	case "sleep":
		delay, err := time.ParseDuration(argument)
		if err != nil || delay < 0 {
			return nil, fmt.Errorf("sleep needs a duration such as sleep:100ms, has %q", argument)
		}
		parsed.kind, parsed.delay = kindSleep, delay
	default:
		return nil, fmt.Errorf("action %q must be kill, panic, error or sleep:<duration>", verb)
	}
	return parsed, nil
}
