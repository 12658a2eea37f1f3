package engine

import (
	"context"

	"vidilog/eventstore"
	"vidilog/eventstore/tail"
)

// FromTail makes a Source of the process's tail of the log and of the log itself, which knows the head before the tail does.
func FromTail(t *tail.Tail, log eventstore.Reader) Source {
	return SourceFuncs{
		FromFunc: func(after eventstore.Position) Cursor { return t.From(after) },
		HeadFunc: func(ctx context.Context) (eventstore.Position, error) { return log.Head(ctx) },
	}
}
