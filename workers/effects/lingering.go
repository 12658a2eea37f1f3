package effects

import (
	"context"
	"encoding/json"
	"fmt"

	"vidilog/domain/kernel"
)

// Lingering answers the removals of a video's files that wait for their time: nothing refers to these files any more, players may
// still read them.
type Lingering func(ctx context.Context, id kernel.VideoID) ([]Removal, error)

// Waiting finds work that has not begun; the queue does.
type Waiting interface {
	Waiting(ctx context.Context, kind, member, value string) ([]json.RawMessage, error)
}

// LingeringIn finds them in a queue.
func LingeringIn(ctx context.Context, q Waiting, id kernel.VideoID) ([]Removal, error) {
	waiting, err := q.Waiting(ctx, RemoveFilesLater{}.Kind(), "videoId", id.String())
	if err != nil {
		return nil, err
	}
	removals := make([]Removal, len(waiting))
	for i, text := range waiting {
		if err := json.Unmarshal(text, &removals[i]); err != nil {
			return nil, fmt.Errorf("read a removal that waits: %w", err)
		}
	}
	return removals, nil
}
