package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"vidilog/eventstore"
)

// Definition declares one read model: what it is called, which tables it has and how events change their rows.
type Definition struct {
	// Name is lower case letters, digits and underscores, at most 24 characters: "catalog". It becomes part of schema names.
	Name string
	// Version is raised by hand whenever the tables, or what the reducer makes of the same log, change. A new version is
	// built beside the old one at the next start.
	Version int
	// Migrations holds goose SQL files in its root, with unqualified table names and primary keys in the create statements.
	// Files named *_indexes.sql carry the highest numbers; a rebuild runs them once the rows are in.
	Migrations fs.FS
	// New declares the tables on b and answers the reducer that changes them. It is called once per build and per run, so
	// it must not keep anything outside of what it returns.
	New func(b *Builder) Reducer
	// Reading are settings of the connections that queries use, such as those of an extension.
	Reading map[string]string
}

// Reducer turns events into row changes. It is pure: the same events give the same rows, whatever the time, the machine and
// the way the log was cut into batches. Events it does not care about fall through its type switch.
type Reducer interface {
	Reduce(at eventstore.Position, e eventstore.Event)
}

// ReducerFunc is a reducer that is one function.
type ReducerFunc func(at eventstore.Position, e eventstore.Event)

// Reduce calls f.
func (f ReducerFunc) Reduce(at eventstore.Position, e eventstore.Event) { f(at, e) }

// Builder collects the tables that a model declares.
type Builder struct {
	tables []table
	errs   []error
	// event counts the events of the batch being reduced; operations remember it, so that a failure names its event.
	event int
	// trace makes operations remember who recorded them, for the report about a failing event.
	trace bool
}

func (b *Builder) fail(format string, args ...any) {
	b.errs = append(b.errs, fmt.Errorf(format, args...))
}

var modelName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,23}$`)

// Validate answers what is wrong with the declaration itself; the tables are compared with the database when it is opened.
func (d Definition) Validate() error {
	switch {
	case !modelName.MatchString(d.Name):
		return fmt.Errorf("read model %q: the name must be 1 to 24 of a-z, 0-9 and _, starting with a letter", d.Name)
	case d.Version < 1:
		return fmt.Errorf("read model %s: version %d, the first version is 1", d.Name, d.Version)
	case d.Migrations == nil || d.New == nil:
		return fmt.Errorf("read model %s: Migrations and New are required", d.Name)
	}
	if _, _, err := splitMigrations(d.Migrations); err != nil {
		return fmt.Errorf("read model %s: %w", d.Name, err)
	}
	_, _, err := d.instance()
	return err
}

// instance makes a reducer with tables of its own.
func (d Definition) instance() (*Builder, Reducer, error) {
	b := &Builder{}
	r := d.New(b)
	if r == nil {
		b.fail("New answered no reducer")
	}
	if len(b.tables) == 0 {
		b.fail("no table declared")
	}
	if err := errors.Join(b.errs...); err != nil {
		return nil, nil, fmt.Errorf("read model %s: %w", d.Name, err)
	}
	return b, r, nil
}
