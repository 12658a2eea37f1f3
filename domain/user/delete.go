package user

import "vidilog/domain/kernel"

// Delete removes a person for good.
type Delete struct{}

// Deleted records that a person is gone. Account and channels go in the same append, videos afterwards.
type Deleted struct {
	UserID    kernel.UserID    `json:"userId"`
	AccountID kernel.AccountID `json:"accountId"`
}

// EventType is the literal id in the log.
func (Deleted) EventType() string { return "user.deleted" }

// Decide answers Deleted, CodeInvalid for root, or CodeNotFound.
func (Delete) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	if u.Username == rootName {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot remove the root user")
	}
	return []kernel.Event{Deleted{UserID: u.ID, AccountID: u.AccountID}}, nil
}
