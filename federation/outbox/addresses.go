package outbox

import (
	"strconv"

	"vidilog/domain/kernel"
)

// Addresses are PeerTube's ids of things: they are addresses at which the things can be fetched.
type Addresses struct {
	// URL of the instance without a slash at the end.
	URL string
}

// InstanceName is the name of the instance's own account.
const InstanceName = "peertube"

// Account is the id of an account.
func (a Addresses) Account(name string) string { return a.URL + "/accounts/" + name }

// Channel is the id of a channel.
func (a Addresses) Channel(handle string) string { return a.URL + "/video-channels/" + handle }

// Video is the id of a video.
func (a Addresses) Video(id kernel.VideoID) string { return a.URL + "/videos/watch/" + id.String() }

// Announce is the id of an actor's announce of a video.
func (a Addresses) Announce(id kernel.VideoID, actorNumber int64) string {
	return a.Video(id) + "/announces/" + strconv.FormatInt(actorNumber, 10)
}

// Comment is the id of a comment below a video.
func (a Addresses) Comment(video kernel.VideoID, number int64) string {
	return a.Video(video) + "/comments/" + strconv.FormatInt(number, 10)
}

// followers of an actor.
func followers(actor string) string { return actor + "/followers" }
