package outbox

import (
	"encoding/json"
	"strconv"

	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

// Create is the activity that brought a video into the world.
func (b *Builder) Create(v catalog.Video, f Fragment) vocab.Activity {
	to, cc := b.Audience(v.Key, v.Channel.Account)
	id := b.Addresses.Video(v.ID)
	object := append(append([]byte{'{'}, f.object(v.Counters.Views)...), '}')
	return vocab.Activity{
		To: to, CC: cc, Type: "Create", ID: id + "/activity", Actor: b.Addresses.Account(v.Channel.Account.Name),
		Object: json.RawMessage(object),
	}
}

// Announce is the activity by which a channel, or the instance, tells its followers of a video.
func (b *Builder) Announce(v catalog.Video, actor string, actorNumber int64) vocab.Activity {
	to, cc := b.Audience(v.Key, v.Channel.Account)
	return vocab.Activity{
		To: to, CC: cc, Type: "Announce", ID: b.Addresses.Announce(v.ID, actorNumber), Actor: actor, Object: b.Addresses.Video(v.ID),
	}
}

// RateID is the id of an account's like or dislike of a video.
func (a Addresses) RateID(account, kind string, videoNumber int64) string {
	return a.Account(account) + "/" + kind + "s/" + strconv.FormatInt(videoNumber, 10)
}

// Rate is an account's like or dislike of a video.
func (b *Builder) Rate(account, kind string, k catalog.Key) vocab.Activity {
	actor := b.Addresses.Account(account)
	name := "Like"
	if kind == "dislike" {
		name = "Dislike"
	}
	return vocab.Activity{
		To: []string{vocab.Public}, CC: []string{followers(actor)}, Type: name, ID: b.RateID(account, kind, k.Number), Actor: actor,
		Object: b.Addresses.Video(k.ID),
	}
}

// Chapters are those of a video: each ends where the next begins, the last with the video.
func (b *Builder) Chapters(v catalog.Video, chapters []catalog.Chapter) vocab.Chapters {
	all := vocab.Chapters{ID: b.Addresses.Video(v.ID) + "/chapters", HasPart: []vocab.Chapter{}}
	for i, c := range chapters {
		end := v.Seconds
		if i+1 < len(chapters) {
			end = chapters[i+1].Timecode
		}
		all.HasPart = append(all.HasPart, vocab.Chapter{Name: c.Title, StartOffset: c.Timecode, EndOffset: end})
	}
	return all
}
