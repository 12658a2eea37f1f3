package video_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

var (
	one = video.Password{ID: 1, Ref: "r1"}
	two = video.Password{ID: 2, Ref: "r2"}
)

func protected(u *video.Uploaded) {
	u.Attributes.Privacy, u.PrivateFiles = video.PasswordProtected, true
}

func passwords(list ...video.Password) video.PasswordsSet {
	return video.PasswordsSet{VideoID: id, Passwords: list}
}

var _ = Describe("The passwords of a video", func() {
	given := scenario.Given(uploaded(protected), passwords(one, two))

	It("come with the upload of a protected one", func() {
		scenario.Given().When(upload(func(u *video.Upload) {
			u.Attributes.Privacy, u.Passwords = video.PasswordProtected, []video.Password{one}
		})).Then(uploaded(protected), passwords(one))
	})
	It("are no matter for others", func() {
		scenario.Given().When(upload(func(u *video.Upload) { u.Passwords = []video.Password{one} })).Then(uploaded())
	})
	It("must be there for a protected one", func() {
		scenario.Given().When(upload(func(u *video.Upload) { u.Attributes.Privacy = video.PasswordProtected })).
			ThenError(kernel.CodeInvalid)
		given.When(video.SetPasswords{}).ThenError(kernel.CodeInvalid)
		given.When(video.Update{Attributes: uploaded(protected).Attributes}).ThenError(kernel.CodeInvalid)
	})
	It("are replaced by others, and the same are nothing new", func() {
		given.When(video.SetPasswords{Passwords: []video.Password{two}}).Then(passwords(two))
		given.When(video.SetPasswords{Passwords: []video.Password{one, two}}).ThenNothing()
		given.When(video.Update{Attributes: uploaded(protected).Attributes, Passwords: []video.Password{two}}).Then(passwords(two))
	})
	It("come with a change to that privacy, and go with a change to another", func() {
		guarded := attributes(func(a *video.Attributes) { a.Privacy = video.PasswordProtected })
		scenario.Given(uploaded()).When(video.Update{Attributes: guarded, Passwords: []video.Password{one}}).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: guarded, MovesFiles: true}, passwords(one))
		after := given.When(video.Update{Attributes: attributes()}).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: attributes(), MovesFiles: true}, passwords())
		Expect(after.State().Passwords).To(BeEmpty())
	})
	It("cannot be set for another privacy", func() {
		scenario.Given(uploaded()).When(video.SetPasswords{Passwords: []video.Password{one}}).ThenError(kernel.CodeInvalid)
		scenario.Given(uploaded()).When(video.RemovePassword{ID: 1}).ThenError(kernel.CodeInvalid)
	})
	It("go one by one, but not the last", func() {
		after := given.When(video.RemovePassword{ID: 1}).Then(passwords(two))
		after.When(video.RemovePassword{ID: 2}).ThenError(kernel.CodeInvalid)
		given.When(video.RemovePassword{ID: 3}).ThenError(kernel.CodeNotFound)
	})
	DescribeTable("are of 2 to 99 characters and differ", func(fits bool, texts ...string) {
		if fits {
			Expect(video.CheckPasswords(texts)).To(Succeed())
			return
		}
		Expect(kernel.CodeOf(video.CheckPasswords(texts))).To(Equal(kernel.CodeInvalid))
	},
		Entry("none", false),
		Entry("two", true, "éé", strings.Repeat("é", 99)),
		Entry("an empty one", false, ""),
		Entry("a short one", false, "long enough", "é"),
		Entry("a long one", false, strings.Repeat("é", 100)),
		Entry("the same twice", false, "password", "password"),
	)
})
