package engine

import (
	"context"

	"vidilog/eventstore"
)

// Source is the log as read models follow it. The tail of the event store is one, by way of SourceFuncs.
type Source interface {
	// From answers a cursor that stands behind position after.
	From(after eventstore.Position) Cursor
	// Head is the position of the newest event.
	Head(ctx context.Context) (eventstore.Position, error)
}

// Cursor hands out decoded events in the order of the log.
type Cursor interface {
	// Next waits until there are events and answers up to limit of them, without holes. When ctx ends first it answers
	// ctx's error, and the next call goes on where the last one with events ended.
	// An event that cannot be decoded comes with Data nil or tail.Undecodable.
	Next(ctx context.Context, limit int) ([]eventstore.Event, error)
	// Close frees what the cursor holds.
	Close()
}

// SourceFuncs makes a Source of two functions.
type SourceFuncs struct {
	FromFunc func(after eventstore.Position) Cursor
	HeadFunc func(ctx context.Context) (eventstore.Position, error)
}

// From calls FromFunc.
func (s SourceFuncs) From(after eventstore.Position) Cursor { return s.FromFunc(after) }

// Head calls HeadFunc.
func (s SourceFuncs) Head(ctx context.Context) (eventstore.Position, error) { return s.HeadFunc(ctx) }
