package storetest

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

func describeClaims(log func() *subject) {
	Describe("claiming", func() {
		take := func(key, owner string) func(*eventstore.Append) { return claim(eventstore.TakeClaim, key, owner) }
		release := func(owner string) func(*eventstore.Append) { return claim(eventstore.ReleaseClaim, "news", owner) }
		require := func(key, owner string) func(*eventstore.Append) { return claim(eventstore.RequireClaim, key, owner) }

		It("gives a free claim to its owner", func() {
			Expect(log().owner("news")).To(BeEmpty())
			log().append(take("news", "channel-1"))
			Expect(log().owner("news")).To(Equal("channel-1"))
		})
		It("refuses what another holds, and says who", func() {
			log().append(take("news", "channel-1"))
			log().refuses(&eventstore.ClaimTaken{ClaimKey: handle("news"), Owner: "channel-1"},
				to("a", eventstore.Any(), "1"), take("news", "channel-2"))
			Expect(log().owner("news")).To(Equal("channel-1"))
		})
		It("lets an owner take its own claim again", func() {
			log().append(take("news", "channel-1"))
			log().append(take("news", "channel-1"))
			Expect(log().owner("news")).To(Equal("channel-1"))
		})
		It("frees a released claim for others", func() {
			log().append(take("news", "channel-1"))
			log().append(release("channel-1"))
			Expect(log().owner("news")).To(BeEmpty())
			log().append(take("news", "channel-2"))
			Expect(log().owner("news")).To(Equal("channel-2"))
		})
		It("lets nobody release what another holds", func() {
			log().append(take("news", "channel-1"))
			log().refuses(&eventstore.ClaimTaken{ClaimKey: handle("news"), Owner: "channel-1"}, release("channel-2"))
		})
		It("leaves a free claim free when it is released", func() {
			log().append(release("channel-1"))
			Expect(log().owner("news")).To(BeEmpty())
		})
		It("requires a claim to be held by its owner", func() {
			log().append(take("news", "channel-1"))
			log().append(require("news", "channel-1"), to("a", eventstore.Any(), "1"))
			log().refuses(&eventstore.ClaimMissing{ClaimKey: handle("news"), Owner: "channel-2"}, require("news", "channel-2"))
			log().refuses(&eventstore.ClaimMissing{ClaimKey: handle("sport"), Owner: "channel-1"}, require("sport", "channel-1"))
		})
		It("lists those of a kind by their keys, from any of them on", func() {
			held := func(key, owner string) eventstore.Claim {
				return eventstore.Claim{ClaimKey: handle(key), Owner: owner}
			}
			claims := func(kind, after string, limit int) []eventstore.Claim {
				GinkgoHelper()
				found, err := log().log.ClaimsOf(context.Background(), kind, after, limit)
				Expect(err).NotTo(HaveOccurred())
				return found
			}
			kind := handle("news").Kind
			Expect(claims(kind, "", 10)).To(BeEmpty())
			log().append(take("news", "channel-1"), take("Z", "channel-2"), take("é", "channel-1"))
			log().append(take("art", "channel-2"), release("channel-1"))
			log().append(func(a *eventstore.Append) {
				a.Claims = []eventstore.ClaimChange{{ClaimKey: eventstore.ClaimKey{Kind: kind + "s", Key: "b"}, Owner: "user-1"}}
			})
			Expect(claims(kind, "", 10)).To(HaveExactElements(held("Z", "channel-2"), held("art", "channel-2"), held("é", "channel-1")))
			Expect(claims(kind, "", 2)).To(HaveExactElements(held("Z", "channel-2"), held("art", "channel-2")))
			Expect(claims(kind, "art", 10)).To(HaveExactElements(held("é", "channel-1")))
			Expect(claims(kind, "é", 10)).To(BeEmpty())
		})
		It("changes all claims or none", func() {
			log().append(take("news", "channel-1"), take("sport", "channel-2"))
			log().refuses(&eventstore.ClaimTaken{ClaimKey: handle("sport"), Owner: "channel-2"},
				release("channel-1"), take("art", "channel-1"), take("sport", "channel-1"))
			Expect(log().owner("news")).To(Equal("channel-1"))
			Expect(log().owner("art")).To(BeEmpty())
		})
		It("checks streams before claims", func() {
			log().append(take("news", "channel-1"), to("a", eventstore.None(), "1"))
			log().refuses(&eventstore.WrongVersion{Stream: stream("a"), Expected: 0, Actual: 1},
				take("news", "channel-2"), to("a", eventstore.None(), "2"))
		})
		It("keeps kinds apart and takes the longest key", func() {
			long := string(make([]byte, 0))
			for len(long) < eventstore.MaxKeyBytes {
				long += "é"
			}
			log().append(take(long, "channel-1"))
			Expect(log().owner(long)).To(Equal("channel-1"))
			log().append(func(a *eventstore.Append) {
				a.Claims = []eventstore.ClaimChange{{ClaimKey: eventstore.ClaimKey{Kind: "email", Key: long}, Owner: "user-1"}}
			})
		})
	})
}
