package catalogtest

import (
	"crypto/sha256"
	"fmt"
	"iter"

	"github.com/google/uuid"

	"vidilog/eventstore"
	"vidilog/eventstore/codec"
)

// Appends answers the log as commands would append it to an empty store, encoded by registry, which needs a sealer. Streams
// are appended to at any version: the order of the log is the order of the appends.
func (s Shape) Appends(registry *codec.Registry) iter.Seq2[eventstore.Append, error] {
	return func(yield func(eventstore.Append, error) bool) {
		var events, commands int64
		for story := range s.stories() {
			var told []uuid.UUID
			for _, st := range story.steps {
				commands++
				a := eventstore.Append{Metadata: eventstore.Metadata{Correlation: st.correlation, Actor: st.actor}}
				a.Command.Actor, a.Command.Type, a.Command.ID = st.actor.String(), "catalogtest", fmt.Sprintf("c%d", commands)
				a.Command.PayloadHash, a.Metadata.CommandID = sha256.Sum256([]byte(a.Command.ID)), a.Command.ID
				if st.causedBy >= 0 {
					a.Metadata.Causation = told[st.causedBy]
				}
				for _, p := range st.parts {
					stream := eventstore.StreamAppend{Stream: p.stream}
					for _, data := range p.events {
						events++
						draft, err := registry.Encode(data, derived("event", events))
						if err != nil {
							yield(a, err)
							return
						}
						told = append(told, draft.EventID)
						stream.Events = append(stream.Events, draft)
					}
					a.Streams = append(a.Streams, stream)
				}
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}
