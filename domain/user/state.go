package user

import "vidilog/domain/kernel"

// User is what commands need to know of a person.
type User struct {
	Exists    bool
	ID        kernel.UserID
	Username  string
	Role      Role
	AccountID kernel.AccountID
	// PasswordRef names the bcrypt hash in the vault.
	PasswordRef string
	// Quota and QuotaDaily are bytes; -1 means no limit.
	Quota, QuotaDaily int64
	Blocked           bool
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event { return []kernel.Event{Created{}, PasswordChanged{}} }

// Apply folds one event.
func (u User) Apply(e kernel.Event) User {
	switch e := e.(type) {
	case Created:
		u.Exists = true
		u.ID, u.Username, u.Role, u.AccountID = e.UserID, e.Username, e.Role, e.AccountID
		u.PasswordRef, u.Quota, u.QuotaDaily = e.PasswordRef, e.Quota, e.QuotaDaily
	case PasswordChanged:
		u.PasswordRef = e.PasswordRef
	}
	return u
}
