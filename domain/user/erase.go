package user

import "vidilog/domain/kernel"

// Erase states that the key of a deleted person has been destroyed.
type Erase struct{}

// Erased records that what the log holds of a person's personal data can be read no more.
type Erased struct {
	UserID kernel.UserID `json:"userId"`
}

// EventType is the literal id in the log.
func (Erased) EventType() string { return "user.erased" }

// Decide answers Erased, nothing the second time, or CodeConflict for a person who is still here.
func (Erase) Decide(u User) ([]kernel.Event, error) {
	if !u.Deleted {
		return nil, kernel.Conflict("the user has not been deleted")
	}
	if u.Erased {
		return nil, nil
	}
	return []kernel.Event{Erased{UserID: u.ID}}, nil
}
