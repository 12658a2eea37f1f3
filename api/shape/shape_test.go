package shape_test

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
)

var site = shape.Site{URL: "https://video.example", Host: "video.example", TrackerUp: true}

func ptr[T any](v T) *T { return &v }

func film() catalog.Video {
	at := time.Date(2026, 11, 20, 12, 0, 0, 5e6, time.UTC)
	owner := catalog.Account{Number: 3, Name: "ada", DisplayName: "Ada", CreatedAt: at, UpdatedAt: at, UserNumber: 7}
	return catalog.Video{
		Key:  catalog.Key{ID: kernel.VideoID{UUID: uuid.MustParse("9c9de5e8-0a1e-484a-b099-e80766180a6d")}, Number: 1, Privacy: 1, State: 1},
		Name: "A <film> & more", CommentsPolicy: 1, DownloadEnabled: true, Seconds: 10, AspectRatio: 1.7778, Thumbnail: "t.jpg", Preview: "p.jpg",
		CreatedAt: at, UpdatedAt: at, PublishedAt: at,
		Channel: catalog.Channel{Number: 5, Handle: "ada_channel", DisplayName: "Main", CreatedAt: at, UpdatedAt: at, Account: owner},
		Files: []catalog.File{
			{Number: 1, Kind: catalog.WebVideo, Resolution: 720, FPS: 30, Name: "w-720.mp4", HasVideo: true},
			{Number: 2, Kind: catalog.HLS, Resolution: 720, FPS: 60, Name: "h-720-fragmented.mp4", PlaylistName: "h-720.m3u8", HasVideo: true},
		},
		Playlist: &catalog.Playlist{Number: 4, MasterName: "m-master.m3u8", HashesName: "m-segments-sha256.json"},
	}
}

func object(f shape.Fragment, err error) map[string]any {
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	var o map[string]any
	ExpectWithOffset(1, json.Unmarshal(f.Append(nil, catalog.Counters{Views: 11, Likes: 2}, 3), &o)).To(Succeed())
	return o
}

func hasKeys(o any, keys string) {
	for _, key := range strings.Fields(keys) {
		ExpectWithOffset(1, o).To(HaveKey(key))
	}
}

// Keys of PeerTube 6.3, as it sends them.
const (
	listKeys = `id uuid shortUUID url name category licence language privacy nsfw truncatedDescription description isLocal duration
		aspectRatio views viewers likes dislikes thumbnailPath previewPath embedPath createdAt updatedAt publishedAt
		originallyPublishedAt isLive account channel`
	detailKeys = listKeys + ` blacklisted blacklistedReason streamingPlaylists files support descriptionPath tags commentsEnabled
		commentsPolicy downloadEnabled waitTranscoding inputFileUpdatedAt state trackerUrls`
	summaryKeys = `id name displayName url host avatars`
	accountKeys = `url name host avatars id hostRedundancyAllowed followingCount followersCount createdAt displayName description updatedAt userId`
	channelKeys = `url name host avatars id hostRedundancyAllowed followingCount followersCount createdAt banners displayName description
		support isLocal updatedAt ownerAccount`
	fileKeys = `id resolution width height magnetUri size fps torrentUrl torrentDownloadUrl fileUrl fileDownloadUrl metadataUrl
		hasAudio hasVideo storage`
	playlistKeys = `id type playlistUrl segmentsSha256Url redundancies files`
)

var _ = Describe("A video", func() {
	It("in a list has every key of PeerTube 6.3", func() {
		o := object(site.VideoInList(film(), shape.ListExtras{}))
		hasKeys(o, listKeys)
		hasKeys(o["account"], summaryKeys)
		hasKeys(o["channel"], summaryKeys)
		hasKeys(o["privacy"], "id label")
	})
	It("in a list that asks for more has more", func() {
		everything := shape.ListExtras{State: true, Blacklist: true, Owner: true, Files: true, AutomaticTags: true, Tags: true, HasSource: true}
		hasKeys(object(site.VideoInList(film(), everything)), listKeys+` state waitTranscoding blacklisted blacklistedReason
			blockedOwner blockedServer streamingPlaylists files automaticTags tags videoSource`)
	})
	It("in its owner's list tells its state", func() {
		hasKeys(object(site.OwnVideoInList(film())), listKeys+" state waitTranscoding blacklisted blacklistedReason")
	})
	It("in full has every key of PeerTube 6.3", func() {
		o := object(site.VideoDetails(film()))
		hasKeys(o, detailKeys)
		hasKeys(o["account"], accountKeys)
		hasKeys(o["channel"], channelKeys)
		hasKeys(o["channel"].(map[string]any)["ownerAccount"], accountKeys)
		hasKeys(o["files"].([]any)[0], fileKeys)
		playlist := o["streamingPlaylists"].([]any)[0].(map[string]any)
		hasKeys(playlist, playlistKeys)
		hasKeys(playlist["files"].([]any)[0], fileKeys+" playlistUrl")
	})
	It("carries its counters, which are no part of the fragment", func() {
		Expect(object(site.VideoInList(film(), shape.ListExtras{}))).To(And(
			HaveKeyWithValue("views", 11.0), HaveKeyWithValue("viewers", 3.0), HaveKeyWithValue("likes", 2.0), HaveKeyWithValue("dislikes", 0.0)))
	})
	It("says what it does not know in PeerTube's way, and lists as lists", func() {
		o := object(site.VideoDetails(film()))
		Expect(o["category"]).To(Equal(map[string]any{"id": nil, "label": "Unknown"}))
		Expect(o["tags"]).To(Equal([]any{}))
		bare := film()
		bare.Files, bare.Playlist, bare.Thumbnail = nil, nil, ""
		Expect(object(site.VideoDetails(bare))).To(And(HaveKeyWithValue("files", []any{}), HaveKeyWithValue("streamingPlaylists", []any{}), HaveKeyWithValue("thumbnailPath", BeNil())))
	})
	It("is downloaded under the extension that the file has", func() {
		v := film()
		v.Files[0].Name = "w-720.webm"
		file := object(site.VideoDetails(v))["files"].([]any)[0]
		Expect(file).To(HaveKeyWithValue("fileDownloadUrl", HaveSuffix("/download/web-videos/"+v.ID.String()+"-720.webm")))
	})
	It("points to private files where they are", func() {
		v := film()
		v.HasPrivateFiles = true
		f, err := site.VideoDetails(v)
		Expect(err).NotTo(HaveOccurred())
		text := string(f.Append(nil, catalog.Counters{}, 0))
		Expect(text).To(ContainSubstring("https://video.example/static/web-videos/private/w-720.mp4"))
		Expect(text).To(ContainSubstring("https://video.example/static/streaming-playlists/hls/private/9c9de5e8-0a1e-484a-b099-e80766180a6d/m-master.m3u8"))
		Expect(text).To(ContainSubstring(`"A <film> & more"`), "as JavaScript writes it")
	})
})

var _ = Describe("Short UUIDs", func() {
	DescribeTable("are a number in base 58", func(long, short string) {
		Expect(shape.ShortUUID(uuid.MustParse(long))).To(Equal(short))
	},
		Entry(nil, "9c9de5e8-0a1e-484a-b099-e80766180a6d", "kkGMgK9ZtnKfYAgnEtQxbv"),
		Entry(nil, "00000000-0000-0000-0000-000000000001", "1111111111111111111112"),
		Entry(nil, "00000000-0000-0000-0000-000000000000", "1111111111111111111111"),
	)
	It("are read back", func() {
		for range 200 {
			id := uuid.New()
			read, ok := shape.ParseShortUUID(shape.ShortUUID(id))
			Expect(ok).To(BeTrue())
			Expect(read).To(Equal(id))
		}
	})
	DescribeTable("are refused", func(text string) {
		_, ok := shape.ParseShortUUID(text)
		Expect(ok).To(BeFalse())
	},
		Entry("too short", "kkGMgK9ZtnKfYAgnEtQxb"), Entry("with a letter that is none", "0kGMgK9ZtnKfYAgnEtQxbv"),
		Entry("above 128 bits", strings.Repeat("Z", 22)), Entry("of no RFC", "1111111111111111111112"), Entry("empty", ""),
	)
})

var _ = Describe("Texts and moments", func() {
	descriptionOf := func(text string) (short, same any) {
		v := film()
		v.Description = &text
		o := object(site.VideoInList(v, shape.ListExtras{}))
		return o["truncatedDescription"], o["description"]
	}
	It("keep a description of 250 and cut a longer one at a word", func() {
		whole := strings.Repeat("a", 250)
		short, _ := descriptionOf(whole)
		Expect(short).To(Equal(whole))
		short, same := descriptionOf(strings.Repeat("word ", 60))
		Expect(short).To(HaveSuffix("word..."))
		Expect(len(short.(string))).To(BeNumerically("<=", 250))
		Expect(same).To(Equal(short))
		short, _ = descriptionOf(strings.Repeat("a", 251))
		Expect(short).To(Equal(strings.Repeat("a", 247) + "..."))
	})
	It("never cut a character in two", func() {
		short, _ := descriptionOf(strings.Repeat("👋", 200)) // two UTF-16 units each
		Expect(short).NotTo(ContainSubstring("\uFFFD"))
		Expect(short).To(HaveSuffix("👋..."))
	})
	It("write moments as JavaScript does", func() {
		at := time.Date(2026, 11, 20, 13, 0, 0, 5e6+999, time.FixedZone("", 3600))
		Expect(json.Marshal(shape.Time(at))).To(BeEquivalentTo(`"2026-11-20T12:00:00.005Z"`))
		Expect(json.Marshal(shape.TimeOrNull(nil))).To(BeEquivalentTo(`null`))
		Expect(json.Marshal(shape.TimeOrNull(ptr(at.Truncate(time.Second))))).To(BeEquivalentTo(`"2026-11-20T12:00:00.000Z"`))
	})
	DescribeTable("label resolutions", func(resolution, width, height int, label string) {
		Expect(shape.Resolution(resolution, width, height)).To(Equal(shape.Constant{ID: resolution, Label: label}))
	}, Entry(nil, 720, 1280, 720, "720p"), Entry("of cinema", 816, 1920, 816, "1080p"), Entry(nil, 480, 0, 0, "480p"), Entry(nil, 0, 0, 0, "Audio only"))
})

var _ = Describe("A file with a torrent", func() {
	// PeerTube's answer for the same file.
	const magnet = "magnet:?xs=http%3A%2F%2F127.0.0.1%3A9001%2Flazy-static%2Ftorrents%2F035cf631-e1b0-4107-a9b7-dd92d8db642e-240-hls.torrent" +
		"&xt=urn:btih:80ff1f4e99bf52241e711a450964ccd85419f81b&dn=fc+big&tr=http%3A%2F%2F127.0.0.1%3A9001%2Ftracker%2Fannounce" +
		"&tr=ws%3A%2F%2F127.0.0.1%3A9001%2Ftracker%2Fsocket&ws=http%3A%2F%2F127.0.0.1%3A9001%2Fstatic%2Fstreaming-playlists%2Fhls%2F" +
		"088c5ae6-949a-42f7-b5a6-88aa49f56d3c%2F7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240-fragmented.mp4"
	here := shape.Site{URL: "http://127.0.0.1:9001", Host: "127.0.0.1:9001"}
	torrential := func() catalog.Video {
		v := film()
		v.ID, v.Name = kernel.VideoID{UUID: uuid.MustParse("088c5ae6-949a-42f7-b5a6-88aa49f56d3c")}, "fc big"
		v.Files = []catalog.File{{
			Number: 2, Kind: catalog.HLS, Resolution: 240, Name: "7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240-fragmented.mp4",
			PlaylistName: "7651068c-78a4-4c45-b6f6-5acd8cefe9d8-240.m3u8", InfoHash: "80ff1f4e99bf52241e711a450964ccd85419f81b",
			TorrentName: "035cf631-e1b0-4107-a9b7-dd92d8db642e-240-hls.torrent",
		}}
		return v
	}
	file := func(v catalog.Video) map[string]any {
		list := object(here.VideoDetails(v))["streamingPlaylists"].([]any)
		return list[0].(map[string]any)["files"].([]any)[0].(map[string]any)
	}

	It("has PeerTube's magnet link, to the byte", func() {
		Expect(file(torrential())["magnetUri"]).To(Equal(magnet))
	})
	It("has addresses to read and to keep it", func() {
		f := file(torrential())
		Expect(f["torrentUrl"]).To(Equal("http://127.0.0.1:9001/lazy-static/torrents/035cf631-e1b0-4107-a9b7-dd92d8db642e-240-hls.torrent"))
		Expect(f["torrentDownloadUrl"]).To(Equal("http://127.0.0.1:9001/download/torrents/035cf631-e1b0-4107-a9b7-dd92d8db642e-240-hls.torrent"))
	})
	It("is no web seed when it is not for everybody", func() {
		v := torrential()
		v.HasPrivateFiles = true
		Expect(file(v)["magnetUri"]).NotTo(ContainSubstring("&ws="))
	})
	It("has none before the torrent is there", func() {
		v := torrential()
		v.Files[0].TorrentName = ""
		Expect(file(v)).To(And(HaveKeyWithValue("magnetUri", BeNil()), HaveKeyWithValue("torrentUrl", BeNil())))
	})
})
