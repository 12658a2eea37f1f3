package abuses

import (
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	commandsabuse "vidilog/commands/abuse"
	"vidilog/domain/abuse"
)

// change answers PUT /api/v1/abuses/{id}.
func (a *API) change(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	var c commandsabuse.Change
	if fields.Has("state") {
		state, _ := fields.Int("state")
		if state == nil || !abuse.State(*state).IsKnown() {
			fields.Refuse("state", "Invalid value")
		} else {
			decided := abuse.State(*state)
			c.State = &decided
		}
	}
	if fields.Has("moderationComment") {
		note := text(fields, "moderationComment", abuse.Fits)
		c.Note = &note
	}
	if _, err := numberOf(r, "id"); err != nil {
		return err
	}
	if err := fields.Err(); err != nil {
		return err
	}
	key, err := a.keyOf(r)
	if err != nil {
		return err
	}
	c.AbuseID = key.ID
	outcome, err := a.Commands.Change(r.Context(), authn.Caller(r), c)
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// remove answers DELETE /api/v1/abuses/{id}.
func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	key, err := a.keyOf(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Delete(r.Context(), authn.Caller(r), commandsabuse.Delete{AbuseID: key.ID})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
