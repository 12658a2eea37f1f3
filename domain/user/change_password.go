package user

import "vidilog/domain/kernel"

// ChangePassword points the user at another hash in the vault. The edge has hashed the new password.
type ChangePassword struct{ PasswordRef string }

// PasswordChanged records that the password hash is now under another vault reference.
type PasswordChanged struct {
	PasswordRef string `json:"passwordRef"`
}

// EventType is the literal id in the log.
func (PasswordChanged) EventType() string { return "user.password-changed" }

// Decide answers PasswordChanged, or CodeNotFound.
func (c ChangePassword) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	return []kernel.Event{PasswordChanged(c)}, nil
}
