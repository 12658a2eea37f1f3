package user

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/user"
)

// Register makes an ordinary person of somebody who asks for it. Whether people may register at all is the edge's question: it
// is one of the configuration and of how many there are.
type Register struct{ Create }

// Check answers everything that is wrong whatever there is already, joined: CodeInvalid naming the field.
func (r Register) Check() error { return r.check("channel.name", "channel.displayName") }

var register = commands.Spec[Register, Created]{
	Type:     "user.register",
	Needs:    commands.ByAnyone(),
	Validate: Register.Check,
	Handle: func(ctx context.Context, w *commands.Work, c Register) (Created, error) {
		c.Role, c.Flags = user.Ordinary, 0
		return newcomer(ctx, w, c.Create)
	},
}

// Register runs the command. Errors: CodeInvalid naming the field, CodeConflict for a name or address that is taken.
func (h *Handlers) Register(ctx context.Context, caller commands.Caller, c Register) (commands.Outcome[Created], error) {
	return commands.Run(ctx, h.bus, caller, register, c)
}
