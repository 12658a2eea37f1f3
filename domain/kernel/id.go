package kernel

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// StreamKind names a family of streams, such as "video" or "channel".
type StreamKind string

// StreamID names one stream of the log: its kind and its id within the kind.
type StreamID struct {
	Kind StreamKind
	ID   string
}

// String renders the stream as kind-id, the form the command line takes: "video-9c9de5e8-…".
func (s StreamID) String() string { return string(s.Kind) + "-" + s.ID }

// IsZero says that no stream is named.
func (s StreamID) IsZero() bool { return s == StreamID{} }

// ParseStreamID reads the form that String writes. The kind is the text before the first dash, so kinds hold none.
func ParseStreamID(text string) (StreamID, error) {
	kind, id, found := strings.Cut(text, "-")
	if !found || kind == "" || id == "" {
		return StreamID{}, Invalid("stream", "%q is not a stream; write kind-id, such as video-9c9de5e8-0a1e-484a-b099-e80766180a6d", text)
	}
	return StreamID{Kind: StreamKind(kind), ID: id}, nil
}

// Kind marks the aggregate an ID belongs to, so that a channel's id cannot be passed where a video's is meant.
type Kind interface{ StreamKind() StreamKind }

// ID is the UUID of one aggregate of kind K. Its zero value names nothing.
type ID[K Kind] struct{ uuid.UUID }

// NewID wraps a UUID that the caller drew; domain code draws none itself.
func NewID[K Kind](u uuid.UUID) ID[K] { return ID[K]{u} }

// ParseID reads a UUID in its canonical text form.
func ParseID[K Kind](text string) (ID[K], error) {
	u, err := uuid.Parse(text)
	if err != nil {
		var k K
		return ID[K]{}, Invalid("id", "%q is not the UUID of a %s", text, k.StreamKind())
	}
	return ID[K]{u}, nil
}

// Stream is the stream that holds this aggregate's events.
func (i ID[K]) Stream() StreamID {
	var k K
	return StreamID{Kind: k.StreamKind(), ID: i.String()}
}

// IsZero says that the id names nothing.
func (i ID[K]) IsZero() bool { return i.UUID == uuid.Nil }

// Kinds of aggregates. A kind holds no dash, because stream names are read up to the first one.
type (
	UserKind        struct{}
	AccountKind     struct{}
	ChannelKind     struct{}
	VideoKind       struct{}
	JobKind         struct{}
	StorageKind     struct{}
	TranscodingKind struct{}
	InstanceKind    struct{}
	// ChannelVideosKind is the process that follows a channel's videos; its id is the channel's.
	ChannelVideosKind struct{}
	PlaylistKind      struct{}
	PluginKind        struct{}
	AbuseKind         struct{}
	// CommentThreadKind is a bounded piece of the comments of one thread.
	CommentThreadKind struct{}
	// AccountCommentsKind is the process that deletes the comments of a deleted account; its id is the account's.
	AccountCommentsKind struct{}
)

// StreamKind is part of every stream name and never changes.
func (UserKind) StreamKind() StreamKind { return "user" }

// StreamKind is part of every stream name and never changes.
func (AccountKind) StreamKind() StreamKind { return "account" }

// StreamKind is part of every stream name and never changes.
func (ChannelKind) StreamKind() StreamKind { return "channel" }

// StreamKind is part of every stream name and never changes.
func (VideoKind) StreamKind() StreamKind { return "video" }

// StreamKind is part of every stream name and never changes.
func (JobKind) StreamKind() StreamKind { return "job" }

// StreamKind is part of every stream name and never changes.
func (StorageKind) StreamKind() StreamKind { return "storage" }

// StreamKind is part of every stream name and never changes.
func (TranscodingKind) StreamKind() StreamKind { return "transcoding" }

// StreamKind is part of every stream name and never changes.
func (InstanceKind) StreamKind() StreamKind { return "instance" }

// StreamKind is part of every stream name and never changes.
func (PluginKind) StreamKind() StreamKind { return "plugin" }

// StreamKind is part of every stream name and never changes.
func (AbuseKind) StreamKind() StreamKind { return "abuse" }

// StreamKind is part of every stream name and never changes.
func (PlaylistKind) StreamKind() StreamKind { return "playlist" }

// StreamKind is part of every stream name and never changes.
func (ChannelVideosKind) StreamKind() StreamKind { return "channelvideos" }

// StreamKind is part of every stream name and never changes.
func (CommentThreadKind) StreamKind() StreamKind { return "commentthread" }

// StreamKind is part of every stream name and never changes.
func (AccountCommentsKind) StreamKind() StreamKind { return "accountcomments" }

// Identifiers of the aggregates. StorageID is the user's UUID and TranscodingID the video's, in streams of their own:
// quota changes with every upload and process state with every job, and neither should make the user or video stream long.
type (
	UserID        = ID[UserKind]
	AccountID     = ID[AccountKind]
	ChannelID     = ID[ChannelKind]
	VideoID       = ID[VideoKind]
	JobID         = ID[JobKind]
	StorageID     = ID[StorageKind]
	TranscodingID = ID[TranscodingKind]
	InstanceID    = ID[InstanceKind]

	ChannelVideosID = ID[ChannelVideosKind]
	PlaylistID      = ID[PlaylistKind]
	PluginID        = ID[PluginKind]
	AbuseID         = ID[AbuseKind]

	CommentThreadID   = ID[CommentThreadKind]
	AccountCommentsID = ID[AccountCommentsKind]
)

// TheInstance is the one instance stream of a log: its configuration and its own actor.
var TheInstance = InstanceID{uuid.NewSHA1(uuid.NameSpaceURL, []byte("vidilog:instance"))}

// ViewsStream names the stream of one month of view summaries of a video; month is "2026-11". One stream per month keeps
// streams short however popular the video is.
func ViewsStream(video VideoID, month string) StreamID {
	return StreamID{Kind: "views", ID: fmt.Sprintf("%s-%s", video, month)}
}

// Derive answers the UUID that belongs to a name within a namespace, the same one each time (RFC 9562, version 5). Process
// managers name what they ask for so: reacting twice to an event asks for the same thing twice, and the second is a no-op.
func Derive(namespace uuid.UUID, name string) uuid.UUID { return uuid.NewSHA1(namespace, []byte(name)) }
