package outbox

import (
	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

// Account is an account as an actor, the instance's own among them.
func (b *Builder) Account(a catalog.Account, key string) ([]byte, error) {
	actor := b.actor(vocab.Person, b.Addresses.Account(a.Name), key)
	actor.PreferredUsername, actor.Name, actor.Published = a.Name, a.DisplayName, vocab.Time(a.CreatedAt)
	if a.UserID.IsZero() {
		actor.Type = vocab.Application
	}
	return vocab.Document(vocab.ActorContext, actor)
}

// Channel is a channel as an actor.
func (b *Builder) Channel(c catalog.Channel, key string) ([]byte, error) {
	actor := b.actor(vocab.Group, b.Addresses.Channel(c.Handle), key)
	actor.PreferredUsername, actor.Name, actor.Published = c.Handle, c.DisplayName, vocab.Time(c.CreatedAt)
	actor.OfGroup = &vocab.OfGroup{
		PostingRestrictedToMods: true,
		AttributedTo:            []vocab.Attribution{{Type: vocab.Person, ID: b.Addresses.Account(c.Account.Name)}},
	}
	return vocab.Document(vocab.ActorContext, actor)
}

func (b *Builder) actor(kind, id, key string) vocab.Actor {
	return vocab.Actor{
		Type: kind, ID: id, Following: id + "/following", Followers: followers(id), Playlists: id + "/playlists",
		Inbox: id + "/inbox", Outbox: id + "/outbox", URL: id,
		Endpoints: vocab.Endpoints{SharedInbox: b.URL + "/inbox"},
		PublicKey: vocab.PublicKey{ID: id + "#main-key", Owner: id, PEM: key},
	}
}
