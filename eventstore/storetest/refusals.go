package storetest

import (
	"context"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

func describeRefusals(log func() *subject) {
	change := func(f func(a *eventstore.Append)) func(*eventstore.Append) { return f }
	DescribeTable("refuses a malformed append", func(spoil func(*eventstore.Append)) {
		a := newAppend(to("a", eventstore.Any(), "1"), claim(eventstore.TakeClaim, "news", "1"), vault("ref", []byte("s")))
		spoil(&a)
		_, err := log().log.Append(context.Background(), a)
		Expect(err).To(MatchError(eventstore.ErrMalformed))
		Expect(log().head()).To(BeZero())
	},
		Entry("without a command id", change(func(a *eventstore.Append) { a.Command.ID = "" })),
		Entry("without a command type", change(func(a *eventstore.Append) { a.Command.Type = "" })),
		Entry("whose metadata names another command", change(func(a *eventstore.Append) { a.Metadata.CommandID = "other" })),
		Entry("with a stream twice", to("a", eventstore.Any(), "2")),
		Entry("with a stream without id", to("", eventstore.Any(), "2")),
		Entry("with a claim twice", claim(eventstore.ReleaseClaim, "news", "1")),
		Entry("with a claim without owner", claim(eventstore.TakeClaim, "sport", "")),
		Entry("with a claim action that is not one", claim(eventstore.ClaimAction(9), "sport", "1")),
		Entry("with a vault entry twice", vault("ref", nil)),
		Entry("with a vault entry without reference", vault("", []byte("s"))),
		Entry("with an event without type", change(func(a *eventstore.Append) { a.Streams[0].Events[0].Type = "" })),
		Entry("with an event without id", change(func(a *eventstore.Append) { a.Streams[0].Events[0].EventID = uuid.Nil })),
		Entry("with an empty payload", change(func(a *eventstore.Append) { a.Streams[0].Events[0].Payload = nil })),
		Entry("with a payload that is too large", change(func(a *eventstore.Append) {
			a.Streams[0].Events[0].Payload = make([]byte, eventstore.MaxPayloadBytes+1)
		})),
		Entry("with too many events", to("b", eventstore.Any(), make([]string, eventstore.MaxEventsPerAppend)...)),
		Entry("with a result that is too large", withResult(strings.Repeat("x", eventstore.MaxResultBytes+1))),
		Entry("with a secret that is too large", vault("large", make([]byte, eventstore.MaxSealedBytes+1))),
		Entry("with a zero byte in a stream id", to("a\x00b", eventstore.Any(), "1")),
		Entry("with a claim that is not UTF-8", claim(eventstore.TakeClaim, "\xff", "1")),
		Entry("with a key longer than an index can hold", claim(eventstore.TakeClaim, strings.Repeat("k", 3000), "1")),
		Entry("with an actor that is not text", change(func(a *eventstore.Append) { a.Metadata.Actor.ID = "a\x00" })),
	)
}
