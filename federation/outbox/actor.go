package outbox

import (
	"path"

	"vidilog/domain/actor"
	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

// Account is an account as an actor, the instance's own among them, which alone has banners.
func (b *Builder) Account(a catalog.Account, banners []actor.Image, key string) ([]byte, error) {
	shown := b.actor(vocab.Person, b.Addresses.Account(a.Name), key)
	shown.PreferredUsername, shown.Name, shown.Published = a.Name, a.DisplayName, vocab.Time(a.CreatedAt)
	shown.Summary, shown.Icon, shown.Image = a.Description, b.pictures("avatars", a.Avatars), b.pictures("banners", banners)
	if a.UserID.IsZero() {
		shown.Type = vocab.Application
	}
	return vocab.Document(vocab.ActorContext, shown)
}

// Channel is a channel as an actor.
func (b *Builder) Channel(c catalog.Channel, key string) ([]byte, error) {
	shown := b.actor(vocab.Group, b.Addresses.Channel(c.Handle), key)
	shown.PreferredUsername, shown.Name, shown.Published = c.Handle, c.DisplayName, vocab.Time(c.CreatedAt)
	shown.Summary, shown.Icon, shown.Image = c.Description, b.pictures("avatars", c.Avatars), b.pictures("banners", c.Banners)
	shown.OfGroup = &vocab.OfGroup{
		Support: c.Support, PostingRestrictedToMods: true,
		AttributedTo: []vocab.Attribution{{Type: vocab.Person, ID: b.Addresses.Account(c.Account.Name)}},
	}
	return vocab.Document(vocab.ActorContext, shown)
}

func (b *Builder) actor(kind, id, key string) vocab.Actor {
	return vocab.Actor{
		Type: kind, ID: id, Following: id + "/following", Followers: followers(id), Playlists: id + "/playlists",
		Inbox: id + "/inbox", Outbox: id + "/outbox", URL: id,
		Endpoints: vocab.Endpoints{SharedInbox: b.URL + "/inbox"},
		PublicKey: vocab.PublicKey{ID: id + "#main-key", Owner: id, PEM: key},
	}
}

// mediaTypes of the pictures that actors may have, by extension.
var mediaTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
}

func (b *Builder) pictures(folder string, images []actor.Image) []vocab.Image {
	var list []vocab.Image
	for _, i := range images {
		list = append(list, vocab.Image{
			Type: "Image", URL: b.URL + "/lazy-static/" + folder + "/" + i.FileName, MediaType: mediaTypes[path.Ext(i.FileName)],
			Width: i.Width, Height: i.Height,
		})
	}
	return list
}
