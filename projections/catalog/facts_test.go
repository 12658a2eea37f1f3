package catalog_test

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/comment"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/engine/enginetest"
)

// id makes the same UUID of the same words.
func id(what string) uuid.UUID { return kernel.Derive(uuid.NameSpaceOID, what) }

var (
	anna     = kernel.UserID{UUID: id("anna")}
	annas    = kernel.AccountID{UUID: id("account anna")}
	news     = kernel.ChannelID{UUID: id("channel news")}
	sports   = kernel.ChannelID{UUID: id("channel sports")}
	film     = kernel.VideoID{UUID: id("film")}
	epoch    = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) // enginetest's: the event at position n is n seconds later
	annaHere = []kernel.Event{
		user.Created{
			UserID: anna, IntegerID: 7, AccountID: annas, ChannelID: news, Username: "anna", Email: "anna@example.org",
			Role: user.Moderator, PasswordRef: "p", Quota: 1000, QuotaDaily: 100,
		},
		account.Created{AccountID: annas, IntegerID: 8, ActorID: 20, UserID: anna, Name: "anna", DisplayName: "Anna"},
		channel.Created{
			ChannelID: news, IntegerID: 9, ActorID: 21, AccountID: annas, OwnerID: anna, Handle: "news", DisplayName: "News",
		},
		channel.Created{
			ChannelID: sports, IntegerID: 10, ActorID: 22, AccountID: annas, OwnerID: anna, Handle: "sports", DisplayName: "Sports",
		},
	}
)

// at is when the event at a position was recorded.
func at(position int) time.Time { return epoch.Add(time.Duration(position) * time.Second) }

// uploaded makes an upload of anna's; change adjusts it.
func uploaded(number int, change ...func(*video.Uploaded)) video.Uploaded {
	e := video.Uploaded{
		VideoID: kernel.VideoID{UUID: id(fmt.Sprintf("video %d", number))}, IntegerID: int64(number), ChannelID: news,
		AccountID: annas, OwnerID: anna,
		Attributes: video.Attributes{
			Name: fmt.Sprintf("Video %d", number), Privacy: video.Public, CommentsPolicy: video.CommentsEnabled,
			DownloadEnabled: true,
		},
		SourceName: "a.mov", Seconds: 60, AspectRatio: 1.7778, State: video.StatePublished,
		Original: video.Rendition{
			FileID: int64(100 * number), Kind: video.WebVideo, Resolution: 720, Width: 1280, Height: 720, FPS: 25, Bytes: 5000,
			FileName: fmt.Sprintf("original-%d.mp4", number), HasVideo: true, HasAudio: true,
			VideoCodec: "avc1.64001f", AudioCodec: "mp4a.40.2",
		},
	}
	for _, c := range change {
		c(&e)
	}
	return e
}

// theFilm is the upload most scenarios are about.
func theFilm(change ...func(*video.Uploaded)) video.Uploaded {
	return uploaded(1, append([]func(*video.Uploaded){func(e *video.Uploaded) { e.VideoID = film }}, change...)...)
}

func hlsRendition(resolution int) video.RenditionAdded {
	name := fmt.Sprintf("media-%d", resolution)
	return video.RenditionAdded{VideoID: film, Rendition: video.Rendition{
		FileID: int64(resolution), Kind: video.HLS, Resolution: resolution, Bytes: int64(resolution),
		FileName: name + "-fragmented.mp4", PlaylistName: name + ".m3u8", HasVideo: true,
	}}
}

// ofUser is a storage event with the user it belongs to, since it does not say so itself.
type ofUser struct {
	user  kernel.UserID
	event kernel.Event
}

func (o ofUser) EventType() string { return o.event.EventType() }

// fact finds the stream of an event.
func fact(e kernel.Event) enginetest.Fact {
	var stream kernel.StreamID
	switch e := e.(type) {
	case instance.Initialised:
		stream = kernel.TheInstance.Stream()
	case user.Created:
		stream = e.UserID.Stream()
	case account.Created:
		stream = e.AccountID.Stream()
	case channel.Created:
		stream = e.ChannelID.Stream()
	case ofUser:
		return enginetest.Fact{Stream: kernel.StorageID{UUID: e.user.UUID}.Stream(), Data: e.event}
	case video.Uploaded:
		stream = e.VideoID.Stream()
	case video.Updated:
		stream = e.VideoID.Stream()
	case video.Deleted:
		stream = e.VideoID.Stream()
	case user.Erased:
		stream = e.UserID.Stream()
	case rating.Changed:
		stream = rating.Stream(e.AccountID, e.VideoID)
	case account.Deleted:
		stream = e.AccountID.Stream()
	case comment.ThreadStarted, comment.Replied, comment.Approved, comment.Deleted:
		stream = kernel.CommentThreadID{UUID: id("thread")}.Stream()
	case video.ViewsCounted:
		stream = kernel.ViewsStream(e.VideoID, e.To.Format("2006-01"))
	default:
		stream = film.Stream()
		if id, isAbout := reportOf(e); isAbout {
			stream = id.Stream()
		}
	}
	return enginetest.Fact{Stream: stream, Data: e}
}
