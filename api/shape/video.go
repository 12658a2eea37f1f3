package shape

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf16"

	"vidilog/projections/catalog"
)

// videoHead is what lists and details of a video begin with, up to the counters.
type videoHead struct {
	ID                   int64    `json:"id"`
	UUID                 string   `json:"uuid"`
	ShortUUID            string   `json:"shortUUID"`
	URL                  string   `json:"url"`
	Name                 string   `json:"name"`
	Category             Constant `json:"category"`
	Licence              Constant `json:"licence"`
	Language             Constant `json:"language"`
	Privacy              Constant `json:"privacy"`
	NSFW                 bool     `json:"nsfw"`
	NSFWFlags            int      `json:"nsfwFlags"`
	NSFWSummary          *string  `json:"nsfwSummary,omitempty"`
	TruncatedDescription *string  `json:"truncatedDescription"`
	Description          *string  `json:"description"`
	IsLocal              bool     `json:"isLocal"`
	Duration             int      `json:"duration"`
	AspectRatio          float64  `json:"aspectRatio"`
}

// videoTail is what follows the counters in lists and details alike.
type videoTail struct {
	ThumbnailPath         *string     `json:"thumbnailPath"`
	PreviewPath           *string     `json:"previewPath"`
	Thumbnails            []thumbnail `json:"thumbnails"`
	EmbedPath             string      `json:"embedPath"`
	CreatedAt             Time        `json:"createdAt"`
	UpdatedAt             Time        `json:"updatedAt"`
	PublishedAt           Time        `json:"publishedAt"`
	OriginallyPublishedAt *Time       `json:"originallyPublishedAt"`
	IsLive                bool        `json:"isLive"`
}

// thumbnail is a picture in the way of 8.x.
type thumbnail struct {
	FileURL     string `json:"fileUrl"`
	Width       int    `json:"width"`
	Height      int    `json:"height"`
	AspectRatio string `json:"aspectRatio"`
}

// Fragment is an encoded video without its counters, which change without a new revision: they are written between the two
// halves. It may be kept under the video's id and revision.
type Fragment struct{ head, tail []byte }

// Bytes is how much memory a fragment takes, roughly.
func (f Fragment) Bytes() int { return len(f.head) + len(f.tail) + 64 }

// Append writes the video with its counters. viewers is how many are watching now.
func (f Fragment) Append(to []byte, c catalog.Counters, viewers int64) []byte {
	to = append(to, f.head...)
	to = strconv.AppendInt(append(to, `"views":`...), c.Views, 10)
	to = strconv.AppendInt(append(to, `,"viewers":`...), viewers, 10)
	to = strconv.AppendInt(append(to, `,"likes":`...), c.Likes, 10)
	to = strconv.AppendInt(append(to, `,"dislikes":`...), c.Dislikes, 10)
	to = strconv.AppendInt(append(to, `,"comments":`...), c.Comments, 10)
	return append(to, f.tail...)
}

// AppendHistory adds to an encoded video where its viewer stopped, in seconds.
func AppendHistory(to []byte, seconds int) []byte {
	to = append(to[:len(to)-1], `,"userHistory":{"currentTime":`...)
	return append(strconv.AppendInt(to, int64(seconds), 10), "}}"...)
}

// fragment joins parts of JSON objects: the head before the counters, the others after them.
func fragment(head any, tail ...any) (Fragment, error) {
	encoded, err := members(head)
	if err != nil {
		return Fragment{}, err
	}
	f := Fragment{head: append(append([]byte{'{'}, encoded...), ',')}
	for _, part := range tail {
		encoded, err := members(part)
		if err != nil {
			return Fragment{}, err
		}
		f.tail = append(append(f.tail, ','), encoded...)
	}
	f.head, f.tail = bytes.Clone(f.head), bytes.Clone(append(f.tail, '}')) // they are kept: without room to grow
	return f, nil
}

// members encodes a struct and takes the braces off. HTML characters stay as they are, as in JavaScript.
func members(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(b.Bytes()), []byte{'{'}), []byte{'}'}), nil
}

// listed is what lists show of a video's account and channel.
type listed struct {
	Account AccountSummary `json:"account"`
	Channel ChannelSummary `json:"channel"`
}

// VideoInList is a video as lists show it.
func (s Site) VideoInList(v catalog.Video, extras ListExtras) (Fragment, error) {
	parts := append([]any{s.videoTail(v), listed{s.accountSummary(v.Channel.Account), s.channelSummary(v.Channel)}}, s.extras(v, extras)...)
	return fragment(s.videoHead(v), parts...)
}

// OwnVideoInList is a video as its owner's list shows it, with its state.
func (s Site) OwnVideoInList(v catalog.Video) (Fragment, error) {
	return s.VideoInList(v, ListExtras{State: true, Blacklist: true})
}

func (s Site) videoHead(v catalog.Video) videoHead {
	return videoHead{
		ID: v.Number, UUID: v.ID.String(), ShortUUID: videoShort(v.ID), URL: s.VideoURL(v.ID.String()), Name: v.Name,
		Category: numbered(categories, v.Category), Licence: numbered(licences, v.Licence), Language: language(v.Language),
		Privacy: numbered(privacies, &v.Privacy), NSFW: v.NSFW, NSFWFlags: v.NSFWFlags, NSFWSummary: v.NSFWSummary,
		TruncatedDescription: truncated(v.Description), Description: truncated(v.Description), IsLocal: true, Duration: v.Seconds, AspectRatio: v.AspectRatio,
	}
}

// VideoURL is the ActivityPub id of a video, which is also an address of its page.
func (s Site) VideoURL(uuid string) string { return s.URL + "/videos/watch/" + uuid }

func (s Site) videoTail(v catalog.Video) videoTail {
	t := videoTail{
		Thumbnails: []thumbnail{}, EmbedPath: "/videos/embed/" + v.ID.String(), CreatedAt: Time(v.CreatedAt),
		UpdatedAt: Time(v.UpdatedAt), PublishedAt: Time(v.PublishedAt), OriginallyPublishedAt: TimeOrNull(v.OriginallyPublishedAt),
	}
	if v.Thumbnail != "" {
		path := "/lazy-static/thumbnails/" + v.Thumbnail
		t.ThumbnailPath = &path
		t.Thumbnails = append(t.Thumbnails, thumbnail{FileURL: s.URL + path, Width: 280, Height: 157, AspectRatio: "16:9"})
	}
	if v.Preview != "" {
		path := "/lazy-static/previews/" + v.Preview
		t.PreviewPath = &path
		t.Thumbnails = append(t.Thumbnails, thumbnail{FileURL: s.URL + path, Width: 850, Height: 480, AspectRatio: "16:9"})
	}
	return t
}

// truncatedLength is PeerTube's length of descriptions in lists (CONSTRAINTS_FIELDS.VIDEOS.TRUNCATED_DESCRIPTION), in UTF-16
// units as JavaScript counts.
const truncatedLength = 250

// truncated cuts a description at a word where one ends, with an ellipsis within the length.
func truncated(description *string) *string {
	if description == nil {
		return nil
	}
	units := utf16.Encode([]rune(*description))
	if len(units) <= truncatedLength {
		return description
	}
	cut := units[:truncatedLength-len("...")]
	if last := rune(cut[len(cut)-1]); last >= 0xD800 && last < 0xDC00 {
		cut = cut[:len(cut)-1] // the first half of a character
	}
	end := len(cut)
	for i := len(cut) - 1; i >= 0; i-- {
		if cut[i] == ' ' || cut[i] == '\n' || cut[i] == ',' {
			end = i
			break
		}
	}
	short := string(utf16.Decode(cut[:end])) + "..."
	return &short
}

// Head is the first half, empty for the zero fragment.
func (f Fragment) Head() []byte { return f.head }
