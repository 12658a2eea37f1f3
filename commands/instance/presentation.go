package instance

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/actor"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// WriteHomepage gives the instance a page of its own; an empty one takes it away.
type WriteHomepage struct {
	Content string `json:"content"`
}

var writeHomepage = commands.Spec[WriteHomepage, struct{}]{
	Type:  "instance.write-homepage",
	Needs: commands.ByRight(user.RightManageCustomPage),
	Handle: func(ctx context.Context, w *commands.Work, c WriteHomepage) (struct{}, error) {
		_, err := commands.Decide[instance.Instance](ctx, w, kernel.TheInstance.Stream(), instance.WriteHomepage(c))
		return struct{}{}, err
	},
}

// WriteHomepage runs the command. Error: CodeInvalid for a page that is too long.
func (h *Handlers) WriteHomepage(ctx context.Context, caller commands.Caller, c WriteHomepage) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, writeHomepage, c)
}

// ChangePicture gives the instance a picture, whose files lie in their place; none takes it away.
type ChangePicture struct {
	Kind   instance.Kind `json:"kind"`
	Images []actor.Image `json:"images"`
}

var changePicture = commands.Spec[ChangePicture, struct{}]{
	Type:  "instance.change-picture",
	Needs: commands.ByRight(user.RightManageConfiguration),
	Handle: func(ctx context.Context, w *commands.Work, c ChangePicture) (struct{}, error) {
		_, err := commands.Decide[instance.Instance](ctx, w, kernel.TheInstance.Stream(), instance.ChangePicture(c))
		return struct{}{}, err
	},
}

// ChangePicture runs the command.
func (h *Handlers) ChangePicture(ctx context.Context, caller commands.Caller, c ChangePicture) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, changePicture, c)
}
