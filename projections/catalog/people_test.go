package catalog_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/actor"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/user"
	"vidilog/projections/catalog"
)

var _ = Describe("People and channels", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
	})

	It("shows a user with the account, by id, integer and name", func(ctx SpecContext) {
		u, err := w.User(ctx, anna)
		Expect(err).NotTo(HaveOccurred())
		Expect(u.Account).To(Equal(catalog.Account{
			ID: annas, Number: 8, ActorNumber: 20, UserID: anna, UserNumber: 7, Name: "anna", DisplayName: "Anna",
			Avatars: []actor.Image{}, CreatedAt: u.Account.CreatedAt, UpdatedAt: u.Account.CreatedAt, Revision: 2,
		}))
		Expect(u.Account.CreatedAt.UTC()).To(Equal(at(2)))
		Expect([]any{u.Number, u.Username, u.Email, u.Role, u.Quota, u.QuotaDaily, u.StoredBytes, u.CreatedAt.UTC()}).
			To(Equal([]any{int64(7), "anna", kernel.Personal("anna@example.org"), 1, int64(1000), int64(100), int64(0), at(1)}))
		for _, again := range []func() (catalog.User, error){
			func() (catalog.User, error) { return w.UserByNumber(ctx, 7) },
			func() (catalog.User, error) { return w.UserByName(ctx, "anna") },
		} {
			Expect(again()).To(Equal(u))
		}
		_, err = w.UserByName(ctx, "bob")
		Expect(err).To(beNotFound())
	})

	It("keeps the e-mail address as decoded: redacted once the key is gone", func(ctx SpecContext) {
		bob := kernel.UserID{UUID: id("bob")}
		created := annaHere[0].(user.Created)
		created.UserID, created.Username, created.Email = bob, "bob", kernel.Redacted
		w.given(ctx, created)
		Expect(w.UserByName(ctx, "bob")).To(HaveField("Email", kernel.Redacted))
	})

	It("shows channels by handle and integer, and those of an account", func(ctx SpecContext) {
		c, err := w.Channel(ctx, "sports")
		Expect(err).NotTo(HaveOccurred())
		Expect([]any{c.ID, c.Number, c.ActorNumber, c.OwnerID, c.DisplayName, c.Account.Name}).
			To(Equal([]any{sports, int64(10), int64(22), anna, "Sports", "anna"}))
		Expect(w.ChannelByNumber(ctx, 10)).To(Equal(c))
		Expect(w.ChannelsOfAccount(ctx, annas)).To(HaveExactElements(HaveField("Handle", "news"), HaveField("Handle", "sports")))
		_, err = w.Channel(ctx, "none")
		Expect(err).To(beNotFound())
	})

	It("shows the account of the instance, which belongs to no user", func(ctx SpecContext) {
		w.given(ctx, instance.Initialised{ActorID: 1, AccountID: 1, PublicKey: "PEM"})
		a, err := w.Account(ctx, "peertube")
		Expect(err).NotTo(HaveOccurred())
		Expect(a.Number).To(BeEquivalentTo(1))
		Expect(a.UserID.IsZero()).To(BeTrue())
		Expect(w.Account(ctx, "anna")).To(HaveField("UserNumber", BeEquivalentTo(7)))
		_, err = w.Account(ctx, "none")
		Expect(err).To(beNotFound())
	})

	It("adds up the storage of a user, and what was reserved within a day", func(ctx SpecContext) {
		noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
		w.given(ctx,
			ofUser{anna, storage.Reserved{For: "a", Bytes: 10, At: noon.Add(-25 * time.Hour)}},
			ofUser{anna, storage.Reserved{For: "b", Bytes: 20, At: noon.Add(-23 * time.Hour)}},
			ofUser{anna, storage.Reserved{For: "c", Bytes: 40, At: noon}},
			ofUser{anna, storage.Released{For: "c", Bytes: 40}})
		total, today, err := w.StorageUsed(ctx, anna, noon)
		Expect(err).NotTo(HaveOccurred())
		Expect(total).To(BeEquivalentTo(30))
		Expect(today).To(BeEquivalentTo(20), "what was deleted counts no more")
		Expect(w.User(ctx, anna)).To(HaveField("StoredBytes", BeEquivalentTo(30)))
	})
})
