package outbox

import (
	"net/url"

	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

// Note is a comment below a local video that is neither held for review nor deleted. above are
// the names of those whose comments it answers, directly or not.
func (b *Builder) Note(c catalog.Comment, above []string) vocab.Note {
	id, author := b.Comment(c.VideoID, c.Number), b.Addresses.Account(c.Account.Name)
	note := vocab.Note{
		To: []string{vocab.Public}, CC: []string{followers(author)}, Type: "Note", ID: id, Content: c.Text, MediaType: "text/markdown",
		InReplyTo: b.answered(c), Updated: vocab.Time(c.UpdatedAt), Published: vocab.Time(c.CreatedAt), URL: id, AttributedTo: author,
		ReplyApproval: approval(id), Tag: []vocab.Mention{},
	}
	for _, name := range above {
		note.Tag = append(note.Tag, vocab.Mention{Type: "Mention", Href: b.Addresses.Account(name), Name: "@" + name + "@" + b.host()})
	}
	return note
}

// Tombstone is what is left of a deleted comment.
func (b *Builder) Tombstone(c catalog.Comment) vocab.Tombstone {
	return vocab.Tombstone{
		ID: b.Comment(c.VideoID, c.Number), Type: "Tombstone", FormerType: "Note", InReplyTo: b.answered(c),
		Published: vocab.Time(c.CreatedAt), Updated: vocab.Time(c.UpdatedAt), Deleted: vocab.Time(*c.DeletedAt),
	}
}

// CreateNote is the activity that brought a comment into the world.
func (b *Builder) CreateNote(note vocab.Note) vocab.Activity {
	return vocab.Activity{
		To: note.To, CC: note.CC, Type: "Create", ID: note.ID + "/activity", Actor: note.AttributedTo, Object: note,
	}
}

// ApproveReply says that the owner of a video lets a comment stand.
func (b *Builder) ApproveReply(c catalog.Comment, owner string) vocab.Approval {
	id := b.Comment(c.VideoID, c.Number)
	return vocab.Approval{
		Type: "ApproveReply", ID: approval(id), Actor: b.Addresses.Account(owner), InReplyTo: b.Addresses.Video(c.VideoID), Object: id,
	}
}

func approval(id string) string { return id + "/approve-reply" }

// answered is the comment that is answered, or the video.
func (b *Builder) answered(c catalog.Comment) string {
	if c.BeginsThread() {
		return b.Addresses.Video(c.VideoID)
	}
	return b.Comment(c.VideoID, c.InReplyTo)
}

// host of the instance, with its port where it has one.
func (b *Builder) host() string {
	address, err := url.Parse(b.URL)
	if err != nil {
		return ""
	}
	return address.Host
}
