package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

// numbers are the last integer ids that the instance has drawn, by kind. What is made here counts on from them.
type numbers map[string]int64

// kinds are those of the integer ids that commands draw.
var kinds = []string{"user", "account", "channel", "actor", "video", "file", "job", "playlist"}

// numbers draws one of each kind: what it answers is used, what follows is free.
func (t *target) numbers(ctx context.Context) (numbers, error) {
	last := numbers{}
	for _, kind := range kinds {
		n, err := t.log.NextInteger(ctx, kind)
		if err != nil {
			return nil, err
		}
		last[kind] = n
	}
	return last, nil
}

// shifter moves the integer ids of a made log, which count from 1, behind those in use, and remembers the highest.
type shifter struct {
	base    numbers
	highest numbers
}

func (s *shifter) number(kind string, n int64) int64 {
	n += s.base[kind]
	s.highest[kind] = max(s.highest[kind], n)
	return n
}

func (s *shifter) rendition(r video.Rendition) video.Rendition {
	r.FileID = s.number("file", r.FileID)
	return r
}

// shift answers the event with its numbers moved, and the claims that the command behind it would have made.
func (s *shifter) shift(data kernel.Event) (kernel.Event, []eventstore.ClaimChange) {
	switch e := data.(type) {
	case user.Created:
		e.IntegerID = s.number("user", e.IntegerID)
		return e, []eventstore.ClaimChange{
			take("username", e.Username, e.UserID.String()), numbered("user", e.IntegerID, e.UserID.UUID),
		}
	case account.Created:
		e.IntegerID, e.ActorID = s.number("account", e.IntegerID), s.number("actor", e.ActorID)
		return e, []eventstore.ClaimChange{
			take("actor-name", e.Name, e.AccountID.Stream().String()), numbered("account", e.IntegerID, e.AccountID.UUID),
		}
	case channel.Created:
		e.IntegerID, e.ActorID = s.number("channel", e.IntegerID), s.number("actor", e.ActorID)
		return e, []eventstore.ClaimChange{
			take("actor-name", e.Handle, e.ChannelID.Stream().String()), numbered("channel", e.IntegerID, e.ChannelID.UUID),
		}
	case video.Uploaded:
		e.IntegerID, e.Original = s.number("video", e.IntegerID), s.rendition(e.Original)
		return e, []eventstore.ClaimChange{numbered("video", e.IntegerID, e.VideoID.UUID)}
	case video.RenditionAdded:
		e.Rendition = s.rendition(e.Rendition)
		return e, nil
	case video.PlaylistWritten:
		e.Playlist.IntegerID = s.number("playlist", e.Playlist.IntegerID)
		return e, nil
	case job.Requested:
		e.IntegerID = s.number("job", e.IntegerID)
		return e, nil
	case job.Completed:
		e.Rendition = s.rendition(e.Rendition)
		return e, nil
	}
	return data, nil
}

func numbered(kind string, n int64, id uuid.UUID) eventstore.ClaimChange {
	return take(kind+"-number", strconv.FormatInt(n, 10), id.String())
}

func take(kind, key, owner string) eventstore.ClaimChange {
	return eventstore.ClaimChange{
		ClaimKey: eventstore.ClaimKey{Kind: kind, Key: key}, Owner: owner, Action: eventstore.TakeClaim,
	}
}

// raise makes the instance draw its next numbers behind those used here.
func (s *shifter) raise(ctx context.Context, t *target) error {
	for kind, n := range s.highest {
		if err := t.log.RaiseInteger(ctx, kind, n); err != nil {
			return fmt.Errorf("numbers of %s: %w", kind, err)
		}
	}
	return nil
}
