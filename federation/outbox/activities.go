package outbox

import (
	"encoding/json"

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
