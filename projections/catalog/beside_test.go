package catalog_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var _ = Describe("What is told beside a video", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...) // positions 1 to 4
		w.given(ctx, theFilm(),   // 5
			video.CaptionSet{VideoID: film, Caption: video.Caption{Language: "fr", FileName: "a-fr.vtt"}},
			video.CaptionSet{VideoID: film, Caption: video.Caption{Language: "en", FileName: "a-en.vtt", Generated: true}},
			video.ChaptersSet{VideoID: film, Chapters: []video.Chapter{{Title: "One"}, {Timecode: 9, Title: "Two"}}},
			video.PasswordsSet{VideoID: film, Passwords: []video.Password{{ID: 1, Ref: "r1"}, {ID: 2, Ref: "r2"}}}) // 9
	})

	It("is its captions by language, its chapters in time and its passwords, the last first", func(ctx SpecContext) {
		captions, err := w.Captions(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		Expect(captions).To(HaveExactElements(
			And(HaveField("Language", "en"), HaveField("FileName", "a-en.vtt"), HaveField("IsGenerated", true)), HaveField("Language", "fr")))
		Expect(captions[1].UpdatedAt).To(BeTemporally("==", at(6)))
		Expect(w.Chapters(ctx, film)).To(Equal([]catalog.Chapter{{Title: "One"}, {Timecode: 9, Title: "Two"}}))
		Expect(w.Passwords(ctx, film)).To(HaveExactElements(HaveField("Ref", "r2"), HaveField("Ref", "r1")))
	})
	It("is replaced, and a password that stays keeps its time", func(ctx SpecContext) {
		w.given(ctx,
			video.CaptionSet{VideoID: film, Caption: video.Caption{Language: "fr", FileName: "b-fr.vtt"}, Replaced: "a-fr.vtt"},
			video.CaptionRemoved{VideoID: film, Language: "en", FileName: "a-en.vtt"},
			video.ChaptersSet{VideoID: film},
			video.PasswordsSet{VideoID: film, Passwords: []video.Password{{ID: 2, Ref: "r2"}, {ID: 3, Ref: "r3"}}}) // 13
		Expect(w.Captions(ctx, film)).To(HaveExactElements(HaveField("FileName", "b-fr.vtt")))
		Expect(w.Chapters(ctx, film)).To(BeEmpty())
		passwords, err := w.Passwords(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		Expect(passwords).To(HaveExactElements(HaveField("Number", int64(3)), HaveField("Number", int64(2))))
		Expect(passwords[0].CreatedAt).To(BeTemporally("==", at(13)))
		Expect(passwords[1].CreatedAt).To(BeTemporally("==", at(9)))
	})
	It("goes with it", func(ctx SpecContext) {
		w.given(ctx, video.Deleted{VideoID: film, OwnerID: anna})
		Expect(w.Captions(ctx, film)).To(BeEmpty())
		Expect(w.Chapters(ctx, film)).To(BeEmpty())
		Expect(w.Passwords(ctx, film)).To(BeEmpty())
	})
	It("may be a date, by which the video is found when it has come, unless it waits for its renditions", func(ctx SpecContext) {
		due := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		scheduled := func(e *video.Uploaded) {
			e.Attributes.Privacy, e.Attributes.Schedule = video.Private, &video.Schedule{At: due, Privacy: video.Public}
		}
		w.given(ctx, uploaded(2, scheduled), uploaded(3, scheduled, func(e *video.Uploaded) { e.State = video.StateToTranscode }))
		second := uploaded(2).VideoID
		Expect(w.DueVideos(ctx, due.Add(-time.Second))).To(BeEmpty())
		Expect(w.DueVideos(ctx, due)).To(HaveExactElements(second))
		v, err := w.Video(ctx, catalog.ByID(second))
		Expect(err).NotTo(HaveOccurred())
		Expect(*v.ScheduledAt).To(BeTemporally("==", due))
		Expect(v.ScheduledPrivacy).To(Equal(1))
	})
})
