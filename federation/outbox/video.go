package outbox

import (
	"crypto/sha1" //nolint:gosec // names a swarm, protects nothing
	"encoding/hex"
	"strconv"

	"vidilog/domain/video"
	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

// Builder makes objects.
type Builder struct {
	Addresses
	// Category, Licence and Language answer the English names of PeerTube's constants.
	Category, Licence func(id int) string
	Language          func(code string) string
	// Trackers are the addresses of trackers, HTTP first, then WebSocket; none where there is no tracker.
	Trackers []string
}

// Extras are what a video has beside its row.
type Extras struct {
	Storyboards []catalog.Storyboard
	Captions    []catalog.Caption
}

// Fragment is an encoded video without its views; it may be kept under the video's id and detail revision.
type Fragment struct{ head, tail []byte }

// Bytes is how much memory a fragment takes, roughly.
func (f Fragment) Bytes() int { return len(f.head) + len(f.tail) + 64 }

// object is the video with its views, without braces.
func (f Fragment) object(views int64) []byte {
	object := make([]byte, 0, f.Bytes())
	object = append(append(object, f.head...), `,"views":`...)
	object = append(strconv.AppendInt(object, views, 10), ',')
	return append(object, f.tail...)
}

// Document is the video with its views, as it stands alone.
func (f Fragment) Document(views int64) []byte {
	object := f.object(views)
	document := make([]byte, 0, len(object)+len(vocab.VideoContext)+16)
	document = append(append(document, `{"@context":`...), vocab.VideoContext...)
	document = append(append(append(document, ','), object...), '}')
	return document
}

// Video encodes a video.
func (b *Builder) Video(v catalog.Video, extras Extras) (Fragment, error) {
	to, cc := b.Audience(v.Key, v.Channel.Account)
	head, err := vocab.Members(vocab.VideoHead{
		To: to, CC: cc, Type: "Video", ID: b.Addresses.Video(v.ID), Name: v.Name, Duration: seconds(v.Seconds), UUID: v.ID.String(),
		Category: numbered(v.Category, b.Category), Licence: numbered(v.Licence, b.Licence), Language: b.language(v.Language),
	})
	if err != nil {
		return Fragment{}, err
	}
	tail, err := vocab.Members(b.tail(v, extras))
	return Fragment{head: head, tail: tail}, err
}

// Audience is to whom a video is addressed: everybody for a public one, nobody for others.
func (b *Builder) Audience(k catalog.Key, owner catalog.Account) (to, cc []string) {
	if video.Privacy(k.Privacy) != video.Public {
		return []string{}, []string{}
	}
	return []string{vocab.Public}, []string{followers(b.Addresses.Account(owner.Name))}
}

func (b *Builder) tail(v catalog.Video, extras Extras) vocab.VideoTail {
	id := b.Addresses.Video(v.ID)
	tail := vocab.VideoTail{
		Sensitive: v.NSFW, WaitTranscoding: v.WaitsTranscoding, State: v.State, CommentsEnabled: v.CommentsPolicy != 2,
		CommentsPolicy: v.CommentsPolicy, DownloadEnabled: v.DownloadEnabled, Published: vocab.Time(v.PublishedAt),
		OriginallyPublishedAt: vocab.TimeOrNull(v.OriginallyPublishedAt), Updated: vocab.Time(v.UpdatedAt),
		UploadDate: vocab.TimeOrNull(v.SourceReplacedAt), Tag: []vocab.Tag{},
		MediaType: "text/markdown", Content: v.Description, Support: v.Support, SubtitleLanguage: []vocab.Subtitle{},
		Icon: b.icons(v), Preview: b.storyboards(extras.Storyboards), AspectRatio: v.AspectRatio, URL: b.links(v),
		Likes: id + "/likes", Dislikes: id + "/dislikes", Shares: id + "/announces", Comments: id + "/comments",
		HasParts: id + "/chapters",
		AttributedTo: []vocab.Attribution{
			{Type: vocab.Person, ID: b.Addresses.Account(v.Channel.Account.Name)},
			{Type: vocab.Group, ID: b.Addresses.Channel(v.Channel.Handle)},
		},
	}
	if v.CommentsPolicy != 1 {
		public := vocab.Public
		tail.CanReply = &public
	}
	for _, name := range v.Tags {
		tail.Tag = append(tail.Tag, vocab.Tag{Type: "Hashtag", Name: name})
	}
	for _, c := range extras.Captions {
		tail.SubtitleLanguage = append(tail.SubtitleLanguage, vocab.Subtitle{
			Identifier: c.Language, Name: b.Language(c.Language), AutomaticallyGenerated: c.IsGenerated,
			URL: b.URL + "/lazy-static/video-captions/" + c.FileName,
		})
	}
	return tail
}

func (b *Builder) icons(v catalog.Video) []vocab.Image {
	icons := []vocab.Image{}
	for _, icon := range []struct {
		folder, name  string
		width, height int // PeerTube's sizes
	}{{"/lazy-static/thumbnails/", v.Thumbnail, 280, 157}, {"/lazy-static/previews/", v.Preview, 850, 480}} {
		if icon.name != "" {
			icons = append(icons, vocab.Image{
				Type: "Image", URL: b.URL + icon.folder + icon.name, MediaType: "image/jpeg", Width: icon.width, Height: icon.height,
			})
		}
	}
	return icons
}

func (b *Builder) storyboards(list []catalog.Storyboard) []vocab.Preview {
	previews := make([]vocab.Preview, 0, len(list))
	for _, s := range list {
		previews = append(previews, vocab.Preview{Type: "Image", Rel: []string{"storyboard"}, URL: []vocab.Tiles{{
			MediaType: "image/jpeg", Href: b.URL + "/lazy-static/storyboards/" + s.FileName, Width: s.TotalWidth, Height: s.TotalHeight,
			TileWidth: s.SpriteWidth, TileHeight: s.SpriteHeight, TileDuration: seconds(s.SpriteSeconds),
		}}})
	}
	return previews
}

func seconds(n int) string { return "PT" + strconv.Itoa(n) + "S" }

func numbered(id *int, name func(int) string) *vocab.Constant {
	if id == nil {
		return nil
	}
	return &vocab.Constant{Identifier: strconv.Itoa(*id), Name: name(*id)}
}

func (b *Builder) language(code *string) *vocab.Constant {
	if code == nil {
		return nil
	}
	return &vocab.Constant{Identifier: *code, Name: b.Language(*code)}
}

// swarm names the P2P swarm of one file of a playlist, after p2p-media-loader in the version of PeerTube 6.3 (2).
func swarm(playlist string, file int) string {
	sum := sha1.Sum([]byte("2" + playlist + "+V" + strconv.Itoa(file))) //nolint:gosec // see above
	return hex.EncodeToString(sum[:])
}
