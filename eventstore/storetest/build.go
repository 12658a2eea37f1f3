package storetest

import (
	"crypto/sha256"
	"fmt"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// stream names a stream of the suite's own kind.
func stream(id string) kernel.StreamID { return kernel.StreamID{Kind: "video", ID: id} }

// draft is an event with recognisable content.
func draft(text string) eventstore.Draft {
	return eventstore.Draft{
		EventID: uuid.New(), Type: "video.noted", SchemaVersion: 1, Payload: []byte(`{"text":"` + text + `"}`),
	}
}

// AnyAppend is an append of one event to a stream of its own.
func AnyAppend() eventstore.Append { return newAppend(to(uuid.NewString(), eventstore.None(), "any")) }

// newAppend makes an append with a fresh command id; parts say what it does.
func newAppend(parts ...func(*eventstore.Append)) eventstore.Append {
	a := eventstore.Append{
		Command: eventstore.Command{
			CommandKey:  eventstore.CommandKey{Actor: "user:ann", Type: "note", ID: uuid.NewString()},
			PayloadHash: sha256.Sum256([]byte("content")),
		},
		Metadata: eventstore.Metadata{
			Correlation: uuid.New(), Causation: uuid.New(), Origin: []byte("sealed origin"),
			Actor: kernel.Actor{Kind: kernel.ActorUser, ID: "ann", OnBehalfOf: "user:bob"},
		},
	}
	for _, part := range parts {
		part(&a)
	}
	return a
}

func to(id string, expected eventstore.Expected, texts ...string) func(*eventstore.Append) {
	return func(a *eventstore.Append) {
		s := eventstore.StreamAppend{Stream: stream(id), Expected: expected}
		for _, text := range texts {
			s.Events = append(s.Events, draft(text))
		}
		a.Streams = append(a.Streams, s)
	}
}

func claim(action eventstore.ClaimAction, key, owner string) func(*eventstore.Append) {
	return func(a *eventstore.Append) {
		a.Claims = append(a.Claims, eventstore.ClaimChange{ClaimKey: handle(key), Owner: owner, Action: action})
	}
}

func handle(key string) eventstore.ClaimKey { return eventstore.ClaimKey{Kind: "handle", Key: key} }

func vault(ref string, sealed []byte) func(*eventstore.Append) {
	return func(a *eventstore.Append) {
		a.Vault = append(a.Vault, eventstore.VaultChange{Ref: ref, Sealed: sealed})
	}
}

func as(actor, command, id string) func(*eventstore.Append) {
	return func(a *eventstore.Append) {
		a.Command.CommandKey = eventstore.CommandKey{Actor: actor, Type: command, ID: id}
	}
}

func withContent(content string) func(*eventstore.Append) {
	return func(a *eventstore.Append) { a.Command.PayloadHash = sha256.Sum256([]byte(content)) }
}

func withResult(result string) func(*eventstore.Append) {
	return func(a *eventstore.Append) { a.Result = []byte(result) }
}

// texts is what the events say, as "stream@version text".
func texts(events []eventstore.Recorded) []string {
	var lines []string
	for _, e := range events {
		lines = append(lines, fmt.Sprintf("%s@%d %s", e.Stream.ID, e.Version, e.Payload))
	}
	return lines
}

// line is one of texts.
func line(id string, version int, text string) string {
	return fmt.Sprintf("%s@%d {\"text\":%q}", id, version, text)
}
