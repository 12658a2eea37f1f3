package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Update changes what an author says about a video: the fields of the request on top of those in force.
type Update struct {
	VideoID kernel.VideoID `json:"videoId"`
	// ChannelID moves the video to another channel of its owner; nil leaves it.
	ChannelID *kernel.ChannelID `json:"channelId,omitempty"`
	// Change edits the attributes in force; its effect is a function of Fields, which is what a repeat is told by.
	Change func(*video.Attributes) `json:"-"`
	// Fields are the request's fields as sent, without passwords.
	Fields any `json:"fields"`
	// Passwords replace those of a protected video; nil when the request has none.
	Passwords []string `json:"-"`
}

var update = commands.Spec[Update, struct{}]{
	Type:  "video.update",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c Update) (struct{}, error) {
		state, err := owned(ctx, w, c.VideoID, user.RightUpdateAnyVideo)
		if err != nil {
			return struct{}{}, err
		}
		verb := video.Update{Attributes: state.Attributes}
		if c.ChannelID != nil && *c.ChannelID != state.ChannelID {
			if err := guardChannel(ctx, w, *c.ChannelID, state.OwnerID); err != nil {
				return struct{}{}, err
			}
			verb.ChannelID = c.ChannelID
		}
		c.Change(&verb.Attributes)
		if verb.Passwords, err = keepPasswords(ctx, w, state, c.VideoID, verb.Attributes.Privacy, c.Passwords); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, decidePasswords(ctx, w, state, verb)
	},
}

func guardChannel(ctx context.Context, w *commands.Work, id kernel.ChannelID, owner kernel.UserID) error {
	ch, err := commands.Guard[channel.Channel](ctx, w, id.Stream())
	if err == nil && (!ch.Exists || ch.Deleted || ch.OwnerID != owner) {
		err = kernel.Invalid("channelId", "Unknown video `video channel` for this account.")
	}
	return err
}

// Update runs the command. Errors: CodeInvalid naming the field, CodeForbidden, CodeNotFound.
func (h *Handlers) Update(ctx context.Context, caller commands.Caller, c Update) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, update, c)
}
