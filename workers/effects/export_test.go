package effects

import (
	"github.com/riverqueue/river"

	"vidilog/eventstore"
)

// Follow lists the work that follows from an event.
func Follow(e eventstore.Event) (work []river.JobArgs) {
	for _, wish := range (&Effects{}).follow(e) {
		work = append(work, wish.work)
	}
	return work
}
