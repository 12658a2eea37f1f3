package users

import (
	"net/http"

	"github.com/google/uuid"

	"vidilog/api/authn"
	"vidilog/commands"
	commandsuser "vidilog/commands/user"
	"vidilog/eventstore"
	"vidilog/internal/httpx"
)

// scopedTokens are those that open one thing and no more.
type scopedTokens struct {
	FeedToken string `json:"feedToken"`
}

// scopedTokens answers GET /api/v1/users/scoped-tokens. Whoever asks for the first time is given their token.
func (a *API) scopedTokens(w http.ResponseWriter, r *http.Request) error {
	caller := authn.Caller(r)
	token, err := a.Commands.FeedToken(r.Context(), caller.UserID)
	if err != nil {
		return err
	}
	if token != "" {
		return httpx.JSON(w, r, http.StatusOK, scopedTokens{token})
	}
	return a.giveFeedToken(w, r, caller, false)
}

// renewScopedTokens answers POST /api/v1/users/scoped-tokens: the former token opens nothing any more.
func (a *API) renewScopedTokens(w http.ResponseWriter, r *http.Request) error {
	return a.giveFeedToken(w, r, authn.Caller(r), true)
}

func (a *API) giveFeedToken(w http.ResponseWriter, r *http.Request, caller commands.Caller, anew bool) error {
	drawn, err := uuid.NewRandom() // of 122 random bits, PeerTube's form
	if err != nil {
		return err
	}
	command := commandsuser.GiveFeedToken{UserID: caller.UserID, Token: drawn.String(), Anew: anew}
	outcome, err := a.Commands.GiveFeedToken(r.Context(), caller, command)
	if err != nil {
		return err
	}
	return a.sendFeedToken(w, r, caller, outcome.Position)
}

// sendFeedToken reads the token in force: another request may have been given it meanwhile.
func (a *API) sendFeedToken(w http.ResponseWriter, r *http.Request, caller commands.Caller, position eventstore.Position) error {
	token, err := a.Commands.FeedToken(r.Context(), caller.UserID)
	if err != nil {
		return err
	}
	return a.Writes.JSON(w, r, position, scopedTokens{token})
}
