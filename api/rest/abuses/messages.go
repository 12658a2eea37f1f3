package abuses

import (
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	commandsabuse "vidilog/commands/abuse"
	"vidilog/domain/abuse"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// conversation answers the report of the URL to its reporter and to moderators. The commands behind writes decide again, on the log.
func (a *API) conversation(r *http.Request) (catalog.AbuseKey, error) {
	key, err := a.keyOf(r)
	if err == nil {
		err = commandsabuse.MayTalk(authn.Caller(r), key.ReporterID, key.Number)
	}
	return key, err
}

// messages answers GET /api/v1/abuses/{id}/messages: all of them, as PeerTube does; the domain bounds how many there are.
func (a *API) messages(w http.ResponseWriter, r *http.Request) error {
	key, err := a.conversation(r)
	if err != nil {
		return err
	}
	found, err := a.Catalog.AbuseMessages(r.Context(), key.ID)
	if err != nil {
		return err
	}
	body := page[shape.AbuseMessage]{Total: len(found), Data: make([]shape.AbuseMessage, len(found))}
	for i, m := range found {
		body.Data[i] = a.Site.AbuseMessage(m)
	}
	return httpx.JSON(w, r, http.StatusOK, body)
}

type written struct {
	Message struct {
		ID int64 `json:"id"`
	} `json:"abuseMessage"`
}

// addMessage answers POST /api/v1/abuses/{id}/messages.
func (a *API) addMessage(w http.ResponseWriter, r *http.Request) error {
	key, err := a.conversation(r)
	if err != nil {
		return err
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	message := text(fields, "message", abuse.Fits)
	if err := fields.Err(); err != nil {
		return err
	}
	outcome, err := a.Commands.AddMessage(r.Context(), authn.Caller(r), commandsabuse.AddMessage{AbuseID: key.ID, Text: message})
	if err != nil {
		return err
	}
	var made written
	made.Message.ID = outcome.Result.MessageID
	return a.Writes.JSON(w, r, outcome.Position, made)
}

// removeMessage answers DELETE /api/v1/abuses/{id}/messages/{messageId}.
func (a *API) removeMessage(w http.ResponseWriter, r *http.Request) error {
	key, err := a.conversation(r)
	if err != nil {
		return err
	}
	number, err := numberOf(r, "messageId")
	if err != nil {
		return err
	}
	outcome, err := a.Commands.DeleteMessage(r.Context(), authn.Caller(r), commandsabuse.DeleteMessage{AbuseID: key.ID, MessageID: number})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
