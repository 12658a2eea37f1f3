package instance_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/actor"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
)

var _ = Describe("The homepage", func() {
	It("is recorded when it says something new, and when it is emptied", func() {
		scenario.Given().When(instance.WriteHomepage{Content: "Hello"}).Then(instance.HomepageWritten{Content: "Hello"})
		scenario.Given(instance.HomepageWritten{Content: "Hello"}).When(instance.WriteHomepage{}).Then(instance.HomepageWritten{})
	})
	It("is not recorded again", func() {
		scenario.Given(instance.HomepageWritten{Content: "Hello"}).When(instance.WriteHomepage{Content: "Hello"}).ThenNothing()
		scenario.Given().When(instance.WriteHomepage{}).ThenNothing()
	})
	It("is refused when it is longer than an event may be", func() {
		long := instance.WriteHomepage{Content: strings.Repeat("a", 1<<20+1)}
		Expect(scenario.Given().When(long).ThenError(kernel.CodeInvalid).Field).To(Equal("content"))
	})
})

var _ = Describe("The pictures of the instance", func() {
	picture := func(kind instance.Kind, name string, replaced ...string) instance.PictureChanged {
		if replaced == nil {
			replaced = []string(nil)
		}
		return instance.PictureChanged{Kind: kind, Images: []actor.Image{{FileName: name, Width: 48, Height: 48, Bytes: 9}}, Replaced: replaced}
	}
	change := func(p instance.PictureChanged) instance.ChangePicture {
		return instance.ChangePicture{Kind: p.Kind, Images: p.Images}
	}

	It("replace those of their kind, and say which files can go", func() {
		second := picture(instance.Avatar, "b.png", "a.png")
		scenario.Given(picture(instance.Avatar, "a.png"), picture(instance.Banner, "c.png")).When(change(second)).Then(second)
	})
	It("are taken away by none", func() {
		scenario.Given(picture(instance.Banner, "a.png")).When(instance.ChangePicture{Kind: instance.Banner}).
			Then(instance.PictureChanged{Kind: instance.Banner, Replaced: []string{"a.png"}})
	})
	It("cannot be taken away twice", func() {
		scenario.Given().When(instance.ChangePicture{Kind: instance.Banner}).ThenNothing()
	})
	It("are of known kinds", func() {
		Expect(scenario.Given().When(instance.ChangePicture{Kind: "poster"}).ThenError(kernel.CodeInvalid).Field).To(Equal("kind"))
	})
})
