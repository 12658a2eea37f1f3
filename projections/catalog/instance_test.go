package catalog_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/actor"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
	"vidilog/projections/engine/enginetest"
)

var _ = Describe("The instance", func() {
	picture := func(kind instance.Kind, names ...string) instance.PictureChanged {
		e := instance.PictureChanged{Kind: kind}
		for _, name := range names {
			e.Images = append(e.Images, actor.Image{FileName: name, Width: 48, Height: 48})
		}
		return e
	}
	It("shows its page and pictures as they were last", func(ctx SpecContext) {
		w := newWorld(ctx)
		given := func(events ...kernel.Event) {
			facts := make([]enginetest.Fact, len(events))
			for i, e := range events {
				facts[i] = enginetest.Fact{Stream: kernel.TheInstance.Stream(), Data: e}
			}
			Expect(w.engine.Wait(ctx, []string{catalog.Name}, w.log.Append(facts...))).To(BeTrue())
		}
		given(instance.Initialised{ActorID: 1, AccountID: 1, PublicKey: "PEM"})
		own, err := w.Own(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(own.Homepage).To(BeNil())
		Expect(own.Pictures).To(BeEmpty())

		given(instance.HomepageWritten{Content: "Hello"}, picture(instance.Avatar, "a.png", "b.png"), picture(instance.Banner, "c.png"),
			picture(instance.Banner))
		own, err = w.Own(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(*own.Homepage).To(Equal("Hello"))
		Expect(own.Pictures).To(HaveLen(1))
		Expect(own.Pictures[instance.Avatar].Images).To(HaveLen(2))
		Expect(w.Account(ctx, "peertube")).To(HaveField("Avatars", HaveLen(2)))
		Expect(w.Account(ctx, "peertube")).To(HaveField("UserID", BeZero()))
	})
	It("counts nothing when there is nothing", func(ctx SpecContext) {
		Expect(newWorld(ctx).InstanceTotals(ctx, time.Now())).To(Equal(catalog.InstanceTotals{}))
	})
})
