package account

import "vidilog/domain/kernel"

// RemoveComments states that some of what a deleted account has written has been deleted. There may be thousands of comments, so it
// goes by steps.
type RemoveComments struct {
	Comments int
	More     bool
}

// CommentsRemoved records one step of deleting what a deleted account has written.
type CommentsRemoved struct {
	AccountID kernel.AccountID `json:"accountId"`
	Comments  int              `json:"comments"`
	// More says that there are others.
	More bool `json:"more"`
}

// EventType is the literal id in the log.
func (CommentsRemoved) EventType() string { return "account.comments-removed" }

// Decide answers CommentsRemoved, nothing for a step of no comments, or CodeConflict for an account that stands.
func (r RemoveComments) Decide(a Account) ([]kernel.Event, error) {
	if !a.Deleted {
		return nil, kernel.Conflict("the account %s stands, and so does what it has written", a.Name)
	}
	if r.Comments == 0 {
		return nil, nil
	}
	return []kernel.Event{CommentsRemoved{AccountID: a.AccountID, Comments: r.Comments, More: r.More}}, nil
}
