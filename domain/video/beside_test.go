package video_test

import (
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

var _ = Describe("The captions of a video", func() {
	english, newer := video.Caption{Language: "en", FileName: "a"}, video.Caption{Language: "en", FileName: "b"}
	french := video.Caption{Language: "fr", FileName: "c", Generated: true}
	set := func(c video.Caption, replaced string) video.CaptionSet {
		return video.CaptionSet{VideoID: id, Caption: c, Replaced: replaced}
	}
	It("are one per language, and say which file they replace", func() {
		after := scenario.Given(uploaded()).When(video.SetCaption{Caption: english}).Then(set(english, "")).
			When(video.SetCaption{Caption: french}).Then(set(french, "")).
			When(video.SetCaption{Caption: newer}).Then(set(newer, "a"))
		Expect(after.State().Captions).To(ConsistOf(newer, french))
	})
	It("go by language", func() {
		given := scenario.Given(uploaded(), set(english, ""), set(french, ""))
		after := given.When(video.RemoveCaption{Language: "en"}).
			Then(video.CaptionRemoved{VideoID: id, Language: "en", FileName: "a"})
		Expect(after.State().Captions).To(ConsistOf(french))
		after.When(video.RemoveCaption{Language: "en"}).ThenError(kernel.CodeNotFound)
	})
	It("have a language", func() {
		scenario.Given(uploaded()).When(video.SetCaption{}).ThenError(kernel.CodeInvalid)
	})
})

var _ = Describe("The chapters of a video", func() {
	chapter := func(timecode int, title string) video.Chapter { return video.Chapter{Timecode: timecode, Title: title} }
	chapters := func(list ...video.Chapter) video.ChaptersSet {
		return video.ChaptersSet{VideoID: id, Chapters: list}
	}
	described := func(text string) video.Attributes {
		return attributes(func(a *video.Attributes) { a.Description = &text })
	}
	updated := func(a video.Attributes) video.Updated {
		return video.Updated{VideoID: id, ChannelID: channel, Attributes: a}
	}
	const text = "Words\n00:00 One\n1:03 Two\n1h2m3s Three\n\n00:09 not any more"
	found := []video.Chapter{chapter(0, "One"), chapter(63, "Two"), chapter(3723, "Three")}

	It("are kept in the order of time, replaced and taken away", func() {
		after := scenario.Given(uploaded()).When(video.SetChapters{Chapters: []video.Chapter{chapter(9, "b"), chapter(0, "a")}}).
			Then(chapters(chapter(0, "a"), chapter(9, "b")))
		after.When(video.SetChapters{Chapters: []video.Chapter{chapter(0, "a"), chapter(9, "b")}}).ThenNothing()
		after.When(video.SetChapters{}).Then(chapters())
	})
	DescribeTable("are refused", func(list ...video.Chapter) {
		scenario.Given(uploaded()).When(video.SetChapters{Chapters: list}).ThenError(kernel.CodeInvalid)
	},
		Entry("twice at one time", chapter(1, "a"), chapter(1, "b")), Entry("before the beginning", chapter(-1, "a")),
		Entry("without title", chapter(0, "")), Entry("with a title of 101 characters", chapter(0, strings.Repeat("é", 101))),
	)
	It("come from the description of an upload, else from the file", func() {
		scenario.Given().When(upload(func(u *video.Upload) { u.Attributes = described(text) })).
			Then(uploaded(func(u *video.Uploaded) { u.Attributes = described(text) }), chapters(found...))
		file := transcoding.Probe{Chapters: []transcoding.Chapter{{Start: 1.6, Title: "Two"}, {Title: "One"}, {Start: 9}}}
		scenario.Given().When(upload(func(u *video.Upload) { u.Probe = file })).
			Then(uploaded(func(u *video.Uploaded) { u.Probe = file }), chapters(chapter(0, "One"), chapter(2, "Two")))
	})
	It("follow a description that names them", func() {
		given := scenario.Given(uploaded()).When(video.Update{Attributes: described(text)}).
			Then(updated(described(text)), chapters(found...))
		given.When(video.Update{Attributes: described("0:01 a\n0:02 b")}).
			Then(updated(described("0:01 a\n0:02 b")), chapters(chapter(1, "a"), chapter(2, "b")))
		given.When(video.Update{Attributes: described("None")}).Then(updated(described("None")), chapters())
	})
	It("stay when they were set by hand, and with a description that names one only", func() {
		scenario.Given(uploaded(), chapters(chapter(5, "mine"))).When(video.Update{Attributes: described(text)}).
			Then(updated(described(text)))
		scenario.Given(uploaded()).When(video.Update{Attributes: described("0:01 a")}).Then(updated(described("0:01 a")))
	})
})

var _ = Describe("What is scheduled for a video", func() {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	scheduled := func(privacy video.Privacy, change ...func(*video.Uploaded)) video.Uploaded {
		u := uploaded(append([]func(*video.Uploaded){func(u *video.Uploaded) {
			u.Attributes.Privacy, u.PrivateFiles = video.Private, true
			u.Attributes.Schedule = &video.Schedule{At: at, Privacy: privacy}
		}}, change...)...)
		return u
	}
	It("is done when it is time, once", func() {
		after := scenario.Given(scheduled(video.Public)).When(video.RunSchedule{Now: at}).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: attributes(), MovesFiles: true})
		after.When(video.RunSchedule{Now: at.Add(time.Hour)}).ThenNothing()
	})
	It("waits for its time, and for the renditions of a video that does", func() {
		scenario.Given(scheduled(video.Public)).When(video.RunSchedule{Now: at.Add(-time.Second)}).ThenNothing()
		scenario.Given(scheduled(video.Public, func(u *video.Uploaded) { u.State = video.StateToTranscode })).
			When(video.RunSchedule{Now: at}).ThenNothing()
	})
	It("may leave the privacy", func() {
		kept := scheduled(0).Attributes
		kept.Schedule = nil
		scenario.Given(scheduled(0)).When(video.RunSchedule{Now: at}).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: kept})
	})
	DescribeTable("makes a video known to more", func(privacy video.Privacy, fits bool) {
		u := scheduled(privacy)
		given := scenario.Given(uploaded()).When(video.Update{Attributes: u.Attributes})
		if !fits {
			given.ThenError(kernel.CodeInvalid)
			return
		}
		Expect(given.Events()).To(HaveLen(1))
	},
		Entry("public", video.Public, true), Entry("unlisted", video.Unlisted, true), Entry("internal", video.Internal, true),
		Entry("not private", video.Private, false), Entry("not behind a password", video.PasswordProtected, false),
	)
})
