package outbox_test

import (
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/actor"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/federation/outbox"
	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

func ptr[T any](v T) *T { return &v }

var (
	builder = &outbox.Builder{
		Addresses: outbox.Addresses{URL: "https://video.example"},
		Category:  func(int) string { return "Science & Technology" }, Licence: func(int) string { return "Attribution" },
		Language: func(string) string { return "English" },
		Trackers: []string{"https://video.example/tracker/announce", "wss://video.example/tracker/socket"},
	}
	at   = time.Date(2026, 11, 20, 12, 0, 0, 5e6, time.UTC)
	ada  = catalog.Account{Number: 3, ActorNumber: 2, UserID: kernel.UserID{UUID: uuid.New()}, Name: "ada", DisplayName: "Ada", CreatedAt: at}
	news = catalog.Channel{Number: 5, ActorNumber: 4, Handle: "news", DisplayName: "News", CreatedAt: at, Account: ada}
)

func film() catalog.Video {
	return catalog.Video{
		Key: catalog.Key{
			ID: kernel.VideoID{UUID: uuid.MustParse("9c9de5e8-0a1e-484a-b099-e80766180a6d")}, Number: 1,
			Privacy: int(video.Public), State: int(video.StatePublished), Counters: catalog.Counters{Views: 7},
		},
		Name: "A <film> & more", Category: ptr(15), Licence: ptr(1), Language: ptr("en"), Description: ptr("About it"), Support: ptr("Thanks"),
		Tags: []string{"one", "two"}, CommentsPolicy: 1, DownloadEnabled: true, Seconds: 63, AspectRatio: 1.7778,
		Thumbnail: "t.jpg", Preview: "p.jpg", CreatedAt: at, UpdatedAt: at, PublishedAt: at, Channel: news,
		Files: []catalog.File{
			{Number: 1, Kind: catalog.WebVideo, Resolution: 360, Width: 640, Height: 360, FPS: 25, Bytes: 9, Name: "w.mp4", HasVideo: true, HasAudio: true},
			{Number: 2, Kind: catalog.HLS, Resolution: 360, Width: 640, Height: 360, FPS: 25, Bytes: 8, Name: "h.mp4", HasVideo: true, HasAudio: true},
		},
		Playlist: &catalog.Playlist{Number: 4, MasterName: "m-master.m3u8", HashesName: "m-segments-sha256.json"},
	}
}

func said() catalog.Comment {
	return catalog.Comment{
		Number: 8, Thread: 7, InReplyTo: 7, VideoID: film().ID, Text: "A **comment**", CreatedAt: at, UpdatedAt: at, Account: &ada,
	}
}

var extras = outbox.Extras{Storyboards: []catalog.Storyboard{
	{FileName: "s.jpg", TotalWidth: 576, TotalHeight: 108, SpriteWidth: 192, SpriteHeight: 108, SpriteSeconds: 1},
}}

func fragment(v catalog.Video) outbox.Fragment {
	GinkgoHelper()
	f, err := builder.Video(v, extras)
	Expect(err).NotTo(HaveOccurred())
	return f
}

func document(object any) []byte {
	GinkgoHelper()
	text, err := vocab.Document(vocab.Plain, object)
	Expect(err).NotTo(HaveOccurred())
	return text
}

var _ = DescribeTable("Built as PeerTube 6.3 builds it, member by member:", func(name string, ours func() []byte) {
	Expect(differences("", sample(name), parse(ours()))).To(BeEmpty())
},
	Entry("a video", "video", func() []byte { return fragment(film()).Document(7) }),
	Entry("an account", "account", func() []byte { return must(builder.Account(ada, nil, "PEM")) }),
	Entry("a channel", "channel", func() []byte { return must(builder.Channel(news, "PEM")) }),
	Entry("the instance", "instance", func() []byte {
		return must(builder.Account(catalog.Account{Name: "peertube", DisplayName: "peertube", CreatedAt: at}, nil, "PEM"))
	}),
	Entry("the entrance of a collection", "followers", func() []byte { return document(outbox.Entrance("https://video.example/x", 1)) }),
	Entry("an empty collection", "likes", func() []byte { return document(outbox.Entrance("https://video.example/x", 0)) }),
	Entry("the only page", "announces_page", func() []byte {
		return document(outbox.Page("https://video.example/x", outbox.Part{Page: 1, Size: 2}, 2, []string{"a", "b"}))
	}),
	Entry("an empty page", "likes_page", func() []byte {
		return document(outbox.Page("https://video.example/x", outbox.Part{Page: 1, Size: 2}, 0, []string{}))
	}),
	Entry("an outbox", "outbox", func() []byte { return document(outbox.Entrance("https://video.example/x", 4)) }),
	Entry("a page of an account's outbox", "outbox_page", func() []byte {
		items := []any{builder.Create(film(), fragment(film()))}
		return document(outbox.Page("https://video.example/x", outbox.Part{Page: 1, Size: 2}, 4, items))
	}),
	Entry("a page of a channel's outbox", "channel_outbox_page", func() []byte {
		items := []any{builder.Announce(film(), builder.Addresses.Channel("news"), 4)}
		return document(outbox.Page("https://video.example/x", outbox.Part{Page: 1, Size: 2}, 4, items))
	}),
	Entry("a comment", "note", func() []byte { return must(vocab.Document(vocab.CommentContext, builder.Note(said(), nil))) }),
	Entry("the creation of a comment", "create_note", func() []byte {
		return must(vocab.Document(vocab.CommentContext, builder.CreateNote(builder.Note(said(), []string{"bob"}))))
	}),
	Entry("the approval of a comment", "approve_reply", func() []byte {
		return must(vocab.Document(vocab.ApproveReplyContext, builder.ApproveReply(said(), "ada")))
	}),
	Entry("chapters", "chapters", func() []byte {
		return must(vocab.Document(vocab.ChaptersContext, vocab.Chapters{ID: "https://video.example/x", HasPart: []vocab.Chapter{}}))
	}),
)

func must(text []byte, err error) []byte {
	GinkgoHelper()
	Expect(err).NotTo(HaveOccurred())
	return text
}

var _ = Describe("An actor for other instances", func() {
	It("has its description and pictures", func() {
		c := news
		c.Description, c.Avatars = ptr("All the news"), []actor.Image{{FileName: "a.png", Width: 48, Height: 48}}
		shown := parse(must(builder.Channel(c, "PEM"))).(members).values
		Expect(shown["summary"]).To(Equal("All the news"))
		icon := shown["icon"].([]any)[0].(members).values
		Expect(icon["url"]).To(Equal("https://video.example/lazy-static/avatars/a.png"))
		Expect(icon["mediaType"]).To(Equal("image/png"))
		Expect(shown).NotTo(HaveKey("image"))
	})
})

var _ = Describe("A video for other instances", func() {
	object := func(v catalog.Video) map[string]any {
		return parse(fragment(v).Document(v.Counters.Views)).(members).values
	}
	It("is addressed to everybody when it is public", func() {
		Expect(object(film())["to"]).To(Equal([]any{vocab.Public}))
		Expect(object(film())["cc"]).To(Equal([]any{"https://video.example/accounts/ada/followers"}))
	})
	It("is addressed to nobody otherwise", func() {
		v := film()
		v.Privacy = int(video.Unlisted)
		Expect(object(v)["to"]).To(BeEmpty())
		Expect(object(v)["cc"]).To(BeEmpty())
	})
	It("has the views of now, whatever was encoded before", func() {
		f := fragment(film())
		Expect(string(f.Document(1))).To(ContainSubstring(`,"views":1,`))
		Expect(string(f.Document(20))).To(ContainSubstring(`,"views":20,`))
	})
	It("has seconds only in its duration, because PeerTube reads no minutes", func() {
		Expect(object(film())["duration"]).To(Equal("PT63S"))
	})
	It("leaves out what nobody has said", func() {
		v := film()
		v.Category, v.Licence, v.Language = nil, nil, nil
		Expect(object(v)).NotTo(Or(HaveKey("category"), HaveKey("licence"), HaveKey("language")))
	})
	It("names private files where they lie", func() {
		v := film()
		v.HasPrivateFiles = true
		text := string(fragment(v).Document(0))
		Expect(text).To(ContainSubstring("/static/web-videos/private/w.mp4"))
		Expect(text).To(ContainSubstring("/static/streaming-playlists/hls/private/"))
	})
	It("lists captions, and says when the file was replaced", func() {
		v, replaced := film(), at.Add(time.Hour)
		v.SourceReplacedAt = &replaced
		f, err := builder.Video(v, outbox.Extras{Captions: []catalog.Caption{{Language: "en", FileName: "c.vtt"}}})
		Expect(err).NotTo(HaveOccurred())
		text := string(f.Document(0))
		Expect(text).To(ContainSubstring(`"uploadDate":"2026-11-20T13:00:00.005Z"`))
		Expect(text).To(ContainSubstring(`"url":"https://video.example/lazy-static/video-captions/c.vtt"`))
	})
	It("has chapters that end where the next begins", func() {
		all := builder.Chapters(film(), []catalog.Chapter{{Timecode: 0, Title: "One"}, {Timecode: 20, Title: "Two"}})
		Expect(all.HasPart).To(Equal([]vocab.Chapter{{Name: "One", EndOffset: 20}, {Name: "Two", StartOffset: 20, EndOffset: 63}}))
	})
	It("says to whom replies are open when comments are held", func() {
		v := film()
		v.CommentsPolicy = 3
		Expect(object(v)["canReply"]).To(Equal(vocab.Public))
	})
})

var _ = DescribeTable("The pages of a collection", func(page, size, total int, prev, next bool) {
	p := outbox.Page("id", outbox.Part{Page: page, Size: size}, total, nil)
	Expect([]bool{p.Prev != "", p.Next != ""}).To(Equal([]bool{prev, next}))
},
	Entry("the only one", 1, 10, 10, false, false), Entry("the first", 1, 10, 11, false, true),
	Entry("the last", 2, 10, 11, true, false), Entry("beyond the last", 3, 10, 11, true, false),
)
