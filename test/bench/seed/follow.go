package main

import (
	"context"
	"fmt"

	"vidilog/eventstore/bus"
)

// followed says that process managers and effects have done what follows from the made log. There are no files behind it:
// without this the next start would try to make torrents, storyboards and renditions of every video, for hours, and fail.
func (t *target) followed(ctx context.Context) error {
	head, err := t.log.Head(ctx)
	if err != nil {
		return fmt.Errorf("head of the log: %w", err)
	}
	if _, err := t.pool.Exec(ctx, "update "+bus.Schema+".consumers set checkpoint = $1", int64(head)); err != nil {
		return fmt.Errorf("checkpoints of the consumers: %w", err)
	}
	return nil
}
