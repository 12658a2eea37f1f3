package account

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Update changes what an account says of itself; nil leaves a field, an empty description takes it away.
type Update struct{ DisplayName, Description *string }

// Updated records what the account says of itself now.
type Updated struct {
	AccountID   kernel.AccountID `json:"accountId"`
	DisplayName string           `json:"displayName"`
	Description *string          `json:"description,omitempty"`
}

// EventType is the literal id in the log.
func (Updated) EventType() string { return "account.updated" }

// Decide answers Updated, nothing when all is so already, CodeInvalid or CodeNotFound.
func (u Update) Decide(a Account) ([]kernel.Event, error) {
	if !a.Stands() {
		return nil, kernel.NotFound("Account not found")
	}
	e := Updated{AccountID: a.AccountID, DisplayName: a.DisplayName, Description: a.Description}
	var err error
	if u.DisplayName != nil {
		if e.DisplayName, err = actor.DisplayName("displayName", *u.DisplayName); err != nil {
			return nil, err
		}
	}
	if u.Description != nil {
		if e.Description, err = actor.Text("description", u.Description); err != nil {
			return nil, err
		}
	}
	if e.DisplayName == a.DisplayName && actor.SameText(e.Description, a.Description) {
		return nil, nil
	}
	return []kernel.Event{e}, nil
}
