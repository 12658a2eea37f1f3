package user

import (
	"context"
	"fmt"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// GiveFeedToken gives a person the token that opens their feeds.
type GiveFeedToken struct {
	UserID kernel.UserID `json:"userId"`
	// Token was drawn by the caller.
	Token string `json:"-"`
	// Anew takes the former token away; without it a person who has one keeps it.
	Anew bool `json:"anew"`
}

var giveFeedToken = commands.Spec[GiveFeedToken, struct{}]{
	Type:   "user.give-feed-token",
	Needs:  commands.ByUser(),
	Handle: handleGiveFeedToken,
}

// GiveFeedToken runs the command. Errors: CodeForbidden for another's token, CodeNotFound.
func (h *Handlers) GiveFeedToken(ctx context.Context, caller commands.Caller, c GiveFeedToken) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, giveFeedToken, c)
}

func handleGiveFeedToken(ctx context.Context, w *commands.Work, c GiveFeedToken) (struct{}, error) {
	state, err := managed(ctx, w, c.UserID)
	if err != nil {
		return struct{}{}, err
	}
	ref := "user/" + c.UserID.String() + "/feed-token/" + w.NewID().String()
	given, err := commands.Decide[user.User](ctx, w, c.UserID.Stream(), user.GiveFeedToken{Ref: ref, Anew: c.Anew})
	if err != nil || len(given) == 0 {
		return struct{}{}, err
	}
	if state.FeedTokenRef != "" {
		w.Forget(state.FeedTokenRef)
	}
	w.Keep(ref, []byte(c.Token))
	return struct{}{}, nil
}

// FeedToken answers the token that opens a person's feeds as of now; empty for somebody who has none yet.
func (h *Handlers) FeedToken(ctx context.Context, id kernel.UserID) (string, error) {
	state, err := h.User(ctx, id)
	if err != nil || state.FeedTokenRef == "" {
		return "", err
	}
	plain, _, err := h.bus.Secret(ctx, state.FeedTokenRef)
	if err != nil {
		return "", fmt.Errorf("open the feed token of user %s: %w", id, err)
	}
	return string(plain), nil
}
