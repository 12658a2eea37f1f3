package account

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Delete removes an account; its name stays taken for ever, as in PeerTube, so that nobody can pose as who had it.
type Delete struct{}

// Deleted records that the account is gone, and the files that are needed no more.
type Deleted struct {
	AccountID kernel.AccountID `json:"accountId"`
	Files     []string         `json:"files"`
}

// EventType is the literal id in the log.
func (Deleted) EventType() string { return "account.deleted" }

// Decide answers Deleted, or CodeNotFound.
func (Delete) Decide(a Account) ([]kernel.Event, error) {
	if !a.Stands() {
		return nil, kernel.NotFound("Account not found")
	}
	return []kernel.Event{Deleted{AccountID: a.AccountID, Files: actor.FileNames(a.Avatars)}}, nil
}
