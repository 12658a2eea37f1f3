package user

import "vidilog/domain/kernel"

// rootName is the first administrator, who cannot be removed, blocked or made less, as in PeerTube.
const rootName = "root"

// User is what commands need to know of a person.
type User struct {
	// Exists is false again once the person has been deleted.
	Exists    bool
	Deleted   bool
	ID        kernel.UserID
	Username  string
	Email     kernel.Personal
	Role      Role
	AccountID kernel.AccountID
	// PasswordRef names the bcrypt hash in the vault.
	PasswordRef string
	// FeedTokenRef names the token of the person's feeds in the vault; empty for none yet.
	FeedTokenRef string
	// Quota and QuotaDaily are bytes; -1 means no limit.
	Quota, QuotaDaily int64
	// EmailVerified is nil where nobody has asked.
	EmailVerified *bool
	Flags         AdminFlags
	// AuthPlugin is the plugin that logs the person in; nil for a password.
	AuthPlugin *string
	Settings   Settings
	Blocked    bool
	// Erased says that the key of the person's data is gone.
	Erased bool
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{
		Created{},
		PasswordChanged{},
		FeedTokenGiven{},
		EmailChanged{},
		EmailVerificationChanged{},
		QuotaChanged{},
		RoleChanged{},
		AdminFlagsChanged{},
		AuthPluginChanged{},
		SettingsChanged{},
		Blocked{},
		Unblocked{},
		Deleted{},
		Erased{},
	}
}

// Apply folds one event.
func (u User) Apply(e kernel.Event) User {
	switch e := e.(type) {
	case Created:
		u = e.state()
	case PasswordChanged:
		u.PasswordRef = e.PasswordRef
	case FeedTokenGiven:
		u.FeedTokenRef = e.FeedTokenRef
	case EmailChanged:
		u.Email, u.EmailVerified = e.Email, e.Verified
	case EmailVerificationChanged:
		u.EmailVerified = e.Verified
	case QuotaChanged:
		u.Quota, u.QuotaDaily = e.Quota, e.QuotaDaily
	case RoleChanged:
		u.Role = e.Role
	case AdminFlagsChanged:
		u.Flags = e.Flags
	case AuthPluginChanged:
		u.AuthPlugin = e.AuthPlugin
	case SettingsChanged:
		u.Settings = e.Settings
	case Blocked:
		u.Blocked = true
	case Unblocked:
		u.Blocked = false
	case Deleted:
		u = User{ID: e.UserID, Username: u.Username, AccountID: e.AccountID, Deleted: true}
	case Erased:
		u.Erased = true
	}
	return u
}

// mustExist answers CodeNotFound for nobody.
func (u User) mustExist() error {
	if !u.Exists {
		return kernel.NotFound("User not found")
	}
	return nil
}
