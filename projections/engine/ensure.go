package engine

import (
	"context"
	"errors"
)

// ensure answers the build that this program serves of a model, and makes it when there is none. Of several processes that start
// at the same time one builds and the others wait.
func (e *Engine) ensure(ctx context.Context, d Definition) (Build, error) {
	b, found, err := e.registry.serving(ctx, d.Name, d.Version)
	if err != nil {
		return Build{}, err
	}
	if found && b.State == Live {
		return b, e.tidy(ctx, d)
	}
	lock, err := e.lockWaiting(ctx, d.Name)
	if err != nil {
		return Build{}, err
	}
	defer lock.Close(context.WithoutCancel(ctx)) // releases the lock
	if b, found, err = e.registry.serving(ctx, d.Name, d.Version); err != nil {
		return Build{}, err
	}
	orphan, err := e.adopt(ctx, d, found)
	if err != nil {
		return Build{}, err
	}
	switch {
	case found && b.State == Live:
		return b, nil
	case found:
		if err := e.rollBack(ctx, d, b); err != nil {
			return Build{}, err
		}
		return e.registry.build(ctx, b.ID)
	}
	r, err := e.rebuild(ctx, d, plan{orphan: orphan, tell: e.options.Progress, isOnlyOne: true})
	return r.Build, err
}

// tidy removes what killed processes left, unless another process is rebuilding: a start does not wait for that.
func (e *Engine) tidy(ctx context.Context, d Definition) error {
	lock, err := e.lock(ctx, modelLock(d.Name))
	if errors.Is(err, errLocked) {
		return nil
	}
	if err != nil {
		return err
	}
	defer lock.Close(context.WithoutCancel(ctx)) // releases the lock
	return errors.Join(e.discardOrphans(ctx, d.Name), e.clean(ctx, d.Name))
}

// adopt chooses the orphan to go on with, when one is wanted, and removes the others.
func (e *Engine) adopt(ctx context.Context, d Definition, isServed bool) (*Build, error) {
	gone, err := e.orphans(ctx, d.Name)
	var chosen *Build
	for _, b := range gone {
		if !isServed && chosen == nil && b.Version == d.Version {
			chosen = &b
			continue
		}
		err = errors.Join(err, e.registry.drop(ctx, b))
	}
	return chosen, err
}

// rollBack makes a warm build of this program's version the live one, after it has caught up.
func (e *Engine) rollBack(ctx context.Context, d Definition, b Build) error {
	c := &construction{engine: e, definition: d, build: b, reporter: newReporter(d, e.options.Progress)}
	defer c.close()
	var err error
	if c.writer, err = newWriter(e.database, b, d, e.options.LiveMemory); err != nil {
		return err
	}
	if err := c.writer.connect(ctx); err != nil {
		return err
	}
	err = c.catchUp(ctx)
	if errors.Is(err, errMoved) { // a program of the same version runs elsewhere and keeps it up to date
		err = c.writer.resync(ctx)
	}
	if _, ok := isPoison(err); ok { // the runner will show the event
		err = c.writer.resync(ctx)
	}
	if err != nil {
		return err
	}
	return c.flip(ctx)
}
