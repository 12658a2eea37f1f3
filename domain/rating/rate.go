package rating

import (
	"fmt"

	"vidilog/domain/kernel"
)

// Rating is what somebody thinks of a video, by PeerTube's names.
type Rating string

// The ratings. None takes an earlier one back.
const (
	Like    Rating = "like"
	Dislike Rating = "dislike"
	None    Rating = "none"
)

// Rate says what an account thinks of a video.
type Rate struct {
	AccountID kernel.AccountID
	VideoID   kernel.VideoID
	Rating    Rating
}

// Changed records a rating and the one that it replaces, so that counters need no look back.
type Changed struct {
	AccountID kernel.AccountID `json:"accountId"`
	VideoID   kernel.VideoID   `json:"videoId"`
	Rating    Rating           `json:"rating"`
	Was       Rating           `json:"was"`
}

// EventType is the literal id in the log.
func (Changed) EventType() string { return "rating.changed" }

// Decide answers Changed, nothing when the account thinks so already, or CodeInvalid.
func (r Rate) Decide(s State) ([]kernel.Event, error) {
	switch r.Rating {
	case Like, Dislike, None:
	default:
		return nil, kernel.Invalid("rating", "must be like, dislike or none")
	}
	if r.Rating == s.rating() {
		return nil, nil
	}
	return []kernel.Event{Changed{AccountID: r.AccountID, VideoID: r.VideoID, Rating: r.Rating, Was: s.rating()}}, nil
}

// State is what an account thinks of a video; its zero value is None.
type State struct{ Rating Rating }

func (s State) rating() Rating {
	if s.Rating == "" {
		return None
	}
	return s.Rating
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event { return []kernel.Event{Changed{}} }

// Apply folds one event.
func (s State) Apply(e kernel.Event) State {
	if e, ok := e.(Changed); ok {
		s.Rating = e.Rating
	}
	return s
}

// Stream names the stream of one account's rating of one video.
func Stream(account kernel.AccountID, video kernel.VideoID) kernel.StreamID {
	return kernel.StreamID{Kind: "rating", ID: fmt.Sprintf("%s-%s", account, video)}
}
