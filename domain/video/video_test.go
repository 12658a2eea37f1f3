package video_test

import (
	"strings"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

var (
	scenario = domaintest.For[video.Video]()
	id       = kernel.VideoID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	channel  = kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")}
	other    = kernel.ChannelID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000003")}
	account  = kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000004")}
	owner    = kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000005")}
	settings = transcoding.Settings{Enabled: true, HLS: true, WebVideos: true, Policy: transcoding.Policy{Resolutions: []transcoding.Resolution{720}}}
	original = video.Rendition{FileID: 1, Kind: video.WebVideo, Resolution: 720, Width: 1280, Height: 720, FPS: 30, Bytes: 9, FileName: "original.mp4", HasVideo: true}
)

func ptr[T any](v T) *T { return &v }

func attributes(change ...func(*video.Attributes)) video.Attributes {
	a := video.Attributes{Name: "A film", Privacy: video.Public, CommentsPolicy: video.CommentsEnabled, DownloadEnabled: true}
	for _, f := range change {
		f(&a)
	}
	return a
}

func upload(change ...func(*video.Upload)) video.Upload {
	u := video.Upload{
		VideoID: id, IntegerID: 8, ChannelID: channel, AccountID: account, OwnerID: owner, Attributes: attributes(),
		SourceName: "film.mov", Original: original, Seconds: 60, Settings: settings,
	}
	for _, f := range change {
		f(&u)
	}
	return u
}

func uploaded(change ...func(*video.Uploaded)) video.Uploaded {
	u := video.Uploaded{
		VideoID: id, IntegerID: 8, ChannelID: channel, AccountID: account, OwnerID: owner, Attributes: attributes(),
		SourceName: "film.mov", Original: original, Seconds: 60, AspectRatio: 1.7778, State: video.StatePublished, Settings: settings,
	}
	for _, f := range change {
		f(&u)
	}
	return u
}

func waiting(u *video.Uploaded) {
	u.State, u.Attributes.WaitTranscoding = video.StateToTranscode, true
}

var deleted = video.Deleted{VideoID: id, OwnerID: owner}

var _ = Describe("Uploading", func() {
	It("records the file as the first web video, shown at once", func() {
		after := scenario.Given().When(upload()).Then(uploaded())
		Expect(after.State().Renditions).To(ConsistOf(original))
		Expect(after.State().Original).To(Equal("original.mp4"))
		Expect(after.State().State).To(Equal(video.StatePublished))
	})
	It("waits for renditions when the author asks for it", func() {
		scenario.Given().When(upload(func(u *video.Upload) { u.Attributes.WaitTranscoding = true })).Then(uploaded(waiting))
	})
	DescribeTable("does not wait for what never comes:", func(off func(*transcoding.Settings)) {
		without := settings
		off(&without)
		scenario.Given().When(upload(func(u *video.Upload) { u.Attributes.WaitTranscoding, u.Settings = true, without })).
			Then(uploaded(func(u *video.Uploaded) { u.Attributes.WaitTranscoding, u.Settings = true, without }))
	},
		Entry("transcoding is off", func(s *transcoding.Settings) { s.Enabled = false }),
		Entry("nothing is made", func(s *transcoding.Settings) { s.HLS, s.WebVideos = false, false }),
	)
	DescribeTable("keeps files under private paths", func(privacy video.Privacy, private bool) {
		events := scenario.Given().When(upload(func(u *video.Upload) {
			u.Attributes.Privacy, u.Passwords = privacy, []video.Password{one}
		})).Events()
		Expect(events[0]).To(HaveField("PrivateFiles", private))
	},
		Entry("not of public videos", video.Public, false), Entry("not of unlisted ones", video.Unlisted, false),
		Entry("of private ones", video.Private, true), Entry("of internal ones", video.Internal, true),
		Entry("of those behind a password", video.PasswordProtected, true),
	)
	It("has no shape for sound alone", func() {
		sound := original
		sound.Width, sound.Height = 0, 0
		events := scenario.Given().When(upload(func(u *video.Upload) { u.Original = sound })).Events()
		Expect(events).To(HaveExactElements(HaveField("AspectRatio", 0.0)))
	})
	It("is refused for a video that exists", func() {
		scenario.Given(uploaded()).When(upload()).ThenError(kernel.CodeConflict)
		scenario.Given(uploaded(), deleted).When(upload()).ThenError(kernel.CodeConflict)
	})
	It("keeps of the file's name what can be stored", func() {
		scenario.Given().When(upload(func(u *video.Upload) { u.SourceName = "fi\x00lm.mov" })).Then(uploaded())
	})
})

var _ = Describe("What an author says", func() {
	update := func(change func(*video.Attributes)) video.Update { return video.Update{Attributes: attributes(change)} }

	DescribeTable("is refused naming the field:", func(field string, change func(*video.Attributes)) {
		Expect(scenario.Given(uploaded()).When(update(change)).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
		Expect(scenario.Given().When(upload(func(u *video.Upload) { change(&u.Attributes) })).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
	},
		Entry("a name of 2 characters", "name", func(a *video.Attributes) { a.Name = " ab " }),
		Entry("a name of 121 characters", "name", func(a *video.Attributes) { a.Name = strings.Repeat("é", 121) }),
		Entry("a description of 2 characters", "description", func(a *video.Attributes) { a.Description = ptr("ab") }),
		Entry("a description of 10001 characters", "description", func(a *video.Attributes) { a.Description = ptr(strings.Repeat("é", 10_001)) }),
		Entry("a support text of 2 characters", "support", func(a *video.Attributes) { a.Support = ptr("ab") }),
		Entry("a support text of 1001 characters", "support", func(a *video.Attributes) { a.Support = ptr(strings.Repeat("é", 1_001)) }),
		Entry("a negative privacy", "privacy", func(a *video.Attributes) { a.Privacy = -1 }),
		Entry("an unknown privacy", "privacy", func(a *video.Attributes) { a.Privacy = 6 }),
		Entry("an unknown comments policy", "commentsPolicy", func(a *video.Attributes) { a.CommentsPolicy = 4 }),
		Entry("unknown NSFW flags", "nsfwFlags", func(a *video.Attributes) { a.NSFW, a.NSFWFlags = true, 4 }),
		Entry("negative NSFW flags", "nsfwFlags", func(a *video.Attributes) { a.NSFW, a.NSFWFlags = true, -1 }),
		Entry("an NSFW summary of 2 characters", "nsfwSummary", func(a *video.Attributes) { a.NSFW, a.NSFWSummary = true, ptr("ab") }),
		Entry("an NSFW summary of 251 characters", "nsfwSummary", func(a *video.Attributes) {
			a.NSFW, a.NSFWSummary = true, ptr(strings.Repeat("é", 251))
		}),
		Entry("category 0", "category", func(a *video.Attributes) { a.Category = ptr(0) }),
		Entry("category 19", "category", func(a *video.Attributes) { a.Category = ptr(19) }),
		Entry("licence 0", "licence", func(a *video.Attributes) { a.Licence = ptr(0) }),
		Entry("licence 10", "licence", func(a *video.Attributes) { a.Licence = ptr(10) }),
		Entry("a language of 11 characters", "language", func(a *video.Attributes) { a.Language = ptr("abcdefghijk") }),
		Entry("six tags", "tags", func(a *video.Attributes) { a.Tags = []string{"aa", "bb", "cc", "dd", "ee", "ff"} }),
		Entry("a tag of 1 character", "tags", func(a *video.Attributes) { a.Tags = []string{"é"} }),
		Entry("a tag of 31 characters", "tags", func(a *video.Attributes) { a.Tags = []string{strings.Repeat("é", 31)} }),
	)

	It("is refused for all mistakes at once", func() {
		_, err := update(func(a *video.Attributes) { a.Name, a.Tags = "", []string{"x"} }).Decide(domaintest.Fold[video.Video](uploaded()))
		Expect(err).To(MatchError(And(ContainSubstring("name: "), ContainSubstring("tags: "))))
	})

	DescribeTable("is taken up to the limit:", func(change func(*video.Attributes)) {
		Expect(scenario.Given(uploaded()).When(update(change)).Events()).To(HaveLen(1))
	},
		Entry("a name of 3 characters", func(a *video.Attributes) { a.Name = "abc" }),
		Entry("a name of 120 characters", func(a *video.Attributes) { a.Name = strings.Repeat("é", 120) }),
		Entry("a description of 10000 characters", func(a *video.Attributes) { a.Description = ptr(strings.Repeat("é", 10_000)) }),
		Entry("a support text of 1000 characters", func(a *video.Attributes) { a.Support = ptr(strings.Repeat("é", 1_000)) }),
		Entry("both NSFW flags and a summary of 250 characters", func(a *video.Attributes) {
			a.NSFW, a.NSFWFlags, a.NSFWSummary = true, video.Violent|video.ExplicitSex, ptr(strings.Repeat("é", 250))
		}),
		Entry("category 18", func(a *video.Attributes) { a.Category = ptr(18) }),
		Entry("licence 9", func(a *video.Attributes) { a.Licence = ptr(9) }),
		Entry("five tags of 2 and 30 characters", func(a *video.Attributes) {
			a.Tags = []string{"éé", strings.Repeat("é", 30), "cc", "dd", "ee"}
		}),
	)

	DescribeTable("is brought into form:", func(said, kept func(*video.Attributes)) {
		scenario.Given(uploaded(func(u *video.Uploaded) { u.Attributes.NSFW = true })).When(update(said)).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: attributes(kept), Renames: attributes(kept).Name != uploaded().Attributes.Name})
	},
		Entry("spaces around the name go", func(a *video.Attributes) { a.Name = "  My film\n" }, func(a *video.Attributes) { a.Name = "My film" }),
		Entry("zero bytes go", func(a *video.Attributes) {
			a.Name, a.Description, a.Support, a.Tags = "My\x00 film", ptr("abc\x00"), ptr("\x00abc"), []string{"t\x00ag"}
		}, func(a *video.Attributes) {
			a.Name, a.Description, a.Support, a.Tags = "My film", ptr("abc"), ptr("abc"), []string{"tag"}
		}),
		Entry("empty texts are none", func(a *video.Attributes) { a.Description, a.Support, a.Language = ptr(""), ptr(""), ptr("") }, func(*video.Attributes) {}),
		Entry("a tag said twice is one, as in PeerTube", func(a *video.Attributes) { a.Tags = []string{"sea", "sun", "sea"} }, func(a *video.Attributes) { a.Tags = []string{"sea", "sun"} }),
		Entry("what is not sensitive has no flags and no words about them", func(a *video.Attributes) {
			a.NSFWFlags, a.NSFWSummary = video.Violent, ptr("blood")
		}, func(*video.Attributes) {}),
		Entry("no privacy is public", func(a *video.Attributes) { a.Privacy = 0 }, func(*video.Attributes) {}),
		Entry("no policy allows comments", func(a *video.Attributes) { a.CommentsPolicy = 0 }, func(*video.Attributes) {}),
	)
})

var _ = Describe("Updating", func() {
	It("moves to another channel", func() {
		after := scenario.Given(uploaded()).When(video.Update{Attributes: attributes(), ChannelID: &other}).
			Then(video.Updated{VideoID: id, ChannelID: other, Attributes: attributes()})
		Expect(after.State().ChannelID).To(Equal(other))
	})
	It("says everything again, so that a reader needs no merge", func() {
		at := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
		everything := attributes(func(a *video.Attributes) {
			a.Category, a.Licence, a.Language, a.Description, a.Support = ptr(1), ptr(2), ptr("fr"), ptr("abc"), ptr("give")
			a.Tags, a.OriginallyPublishedAt, a.NSFW = []string{"sea"}, &at, true
		})
		scenario.Given(uploaded()).When(video.Update{Attributes: everything}).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: everything}).
			When(video.Update{Attributes: everything}).ThenNothing()
	})
	It("says that the files must move when the privacy puts them elsewhere", func() {
		hidden := attributes(func(a *video.Attributes) { a.Privacy = video.Private })
		scenario.Given(uploaded()).When(video.Update{Attributes: hidden}).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: hidden, MovesFiles: true}).
			When(video.Update{Attributes: attributes()}).
			Then(video.Updated{VideoID: id, ChannelID: channel, Attributes: attributes()})
	})
	DescribeTable("records nothing when nothing differs:", func(change func(*video.Attributes)) {
		scenario.Given(uploaded()).When(video.Update{Attributes: attributes(change), ChannelID: ptr(channel)}).ThenNothing()
	},
		Entry("the same", func(*video.Attributes) {}),
		Entry("spaces", func(a *video.Attributes) { a.Name += " " }),
		Entry("an empty list of tags", func(a *video.Attributes) { a.Tags = []string{} }),
		Entry("an empty description", func(a *video.Attributes) { a.Description = ptr("") }),
	)
})

var _ = Describe("A video that is not there", func() {
	verbs := map[string]domaintest.Verb[video.Video]{
		"is not updated": video.Update{Attributes: attributes()}, "is not deleted": video.Delete{}, "is not published": video.Publish{},
		"gets no pictures":         video.AttachPictures{Pictures: video.Pictures{Thumbnail: "t.jpg"}},
		"gets no rendition":        video.AddRendition{Rendition: original},
		"drops no web videos":      video.DropWebVideos{},
		"gets no playlist":         video.WritePlaylist{Playlist: video.Playlist{MasterName: "m"}},
		"does not give up waiting": video.GiveUpTranscoding{Reason: "x"},
		"moves no files":           video.MoveFiles{Private: true},
		"counts no views":          video.CountViews{VideoID: id, Views: 1},
	}
	for name, verb := range verbs {
		It(name+", as it never was", func() { scenario.Given().When(verb).ThenError(kernel.CodeNotFound) })
		It(name+", as it was deleted", func() { scenario.Given(uploaded(), deleted).When(verb).ThenError(kernel.CodeNotFound) })
	}
})

var _ = Describe("Deleting", func() {
	It("records the owner, whose quota it gives back", func() {
		after := scenario.Given(uploaded()).When(video.Delete{}).Then(deleted)
		Expect(after.State().Deleted).To(BeTrue())
	})
})

var _ = Describe("Publishing", func() {
	published := video.Published{VideoID: id}

	It("shows a video that waited", func() {
		after := scenario.Given(uploaded(waiting)).When(video.Publish{}).Then(published)
		Expect(after.State().State).To(Equal(video.StatePublished))
		after.When(video.Publish{}).ThenNothing()
	})
	It("does nothing for one that is shown", func() { scenario.Given(uploaded()).When(video.Publish{}).ThenNothing() })
	It("shows one whose transcoding had failed, once a retry has worked", func() {
		after := scenario.Given(uploaded(waiting), video.TranscodingFailed{VideoID: id, Reason: "boom"}).When(video.Publish{}).Then(published)
		Expect(after.State().Failure).To(BeEmpty())
	})
})

var _ = Describe("Giving up transcoding", func() {
	It("fails a video that waits, with ffmpeg's message", func() {
		after := scenario.Given(uploaded(waiting)).When(video.GiveUpTranscoding{Reason: "bo\x00om"}).
			Then(video.TranscodingFailed{VideoID: id, Reason: "boom"})
		Expect(after.State().State).To(Equal(video.StateTranscodingFailed))
		Expect(after.State().Failure).To(Equal("boom"))
		after.When(video.GiveUpTranscoding{Reason: "again"}).ThenNothing()
	})
	It("leaves a video that is shown as it is", func() {
		scenario.Given(uploaded()).When(video.GiveUpTranscoding{Reason: "boom"}).ThenNothing()
	})
})

var _ = Describe("Counting views", func() {
	from := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	count := func(n int64) video.CountViews {
		return video.CountViews{VideoID: id, Views: n, From: from, To: from.Add(time.Hour)}
	}

	It("records a summary", func() { scenario.Given(uploaded()).When(count(3)).Then(video.ViewsCounted(count(3))) })
	It("records nothing for none", func() {
		scenario.Given(uploaded()).When(count(0)).ThenNothing()
		scenario.Given(uploaded()).When(count(-1)).ThenNothing()
	})
})
