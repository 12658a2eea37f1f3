// Package playlist decides about playlists. So far there is the one that everybody has: videos to watch later.
//
// It may import domain/kernel only.
package playlist

import "vidilog/domain/kernel"

// Type is what a playlist is for; the numbers are PeerTube's (VideoPlaylistType).
type Type int

// The types of PeerTube.
const (
	Regular    Type = 1
	WatchLater Type = 2
)

// watchLaterName is the name that PeerTube gives it; clients translate it.
const watchLaterName = "Watch later"

// private is PeerTube's number of the privacy of that list (VideoPlaylistPrivacy).
const private = 3

// Playlist is what commands need to know of one.
type Playlist struct {
	Exists  bool
	Deleted bool
	ID      kernel.PlaylistID
	OwnerID kernel.UserID
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event { return []kernel.Event{Created{}, Deleted{}} }

// Apply folds one event.
func (p Playlist) Apply(e kernel.Event) Playlist {
	switch e := e.(type) {
	case Created:
		p = Playlist{Exists: true, ID: e.PlaylistID, OwnerID: e.OwnerID}
	case Deleted:
		p.Deleted = true
	}
	return p
}

// WatchLaterOf is the id of the list that an account has from its beginning.
func WatchLaterOf(account kernel.AccountID) kernel.PlaylistID {
	return kernel.PlaylistID{UUID: kernel.Derive(account.UUID, "watch-later")}
}

// CreateWatchLater makes the list that an account has from its beginning.
type CreateWatchLater struct {
	IntegerID int64
	AccountID kernel.AccountID
	OwnerID   kernel.UserID
}

// Created records a new playlist.
type Created struct {
	PlaylistID  kernel.PlaylistID `json:"playlistId"`
	IntegerID   int64             `json:"integerId"`
	AccountID   kernel.AccountID  `json:"accountId"`
	OwnerID     kernel.UserID     `json:"ownerId"`
	DisplayName string            `json:"displayName"`
	Type        Type              `json:"type"`
	// Privacy is PeerTube's number: 1 public, 2 unlisted, 3 private.
	Privacy int `json:"privacy"`
}

// EventType is the literal id in the log.
func (Created) EventType() string { return "playlist.created" }

// Decide answers Created, or CodeConflict when the account has the list.
func (c CreateWatchLater) Decide(p Playlist) ([]kernel.Event, error) {
	if p.Exists {
		return nil, kernel.Conflict("the account has a list of videos to watch later")
	}
	return []kernel.Event{Created{
		PlaylistID: WatchLaterOf(c.AccountID), IntegerID: c.IntegerID, AccountID: c.AccountID, OwnerID: c.OwnerID,
		DisplayName: watchLaterName, Type: WatchLater, Privacy: private,
	}}, nil
}

// Delete removes a playlist, of whatever type: its owner goes.
type Delete struct{}

// Deleted records that the playlist is gone.
type Deleted struct {
	PlaylistID kernel.PlaylistID `json:"playlistId"`
}

// EventType is the literal id in the log.
func (Deleted) EventType() string { return "playlist.deleted" }

// Decide answers Deleted, or nothing when there is none.
func (Delete) Decide(p Playlist) ([]kernel.Event, error) {
	if !p.Exists || p.Deleted {
		return nil, nil
	}
	return []kernel.Event{Deleted{PlaylistID: p.ID}}, nil
}
