package user

import "vidilog/domain/kernel"

// ChangeEmail gives a person another address.
type ChangeEmail struct {
	Email string
	// Verified says whether somebody has answered from that address; nil where nobody has asked.
	Verified *bool
}

// EmailChanged records another address.
type EmailChanged struct {
	UserID   kernel.UserID   `json:"userId"`
	Email    kernel.Personal `json:"email"`
	Verified *bool           `json:"verified,omitempty"`
}

// EventType is the literal id in the log.
func (EmailChanged) EventType() string { return "user.email-changed" }

// PersonalSubject names the key that seals the e-mail address.
func (e EmailChanged) PersonalSubject() string { return e.UserID.Stream().String() }

// Decide answers EmailChanged, the change of the verification alone when the address is the same, CodeInvalid or CodeNotFound.
func (c ChangeEmail) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	if err := checkEmail(c.Email); err != nil {
		return nil, err
	}
	if c.Email == string(u.Email) {
		return SetEmailVerification{Verified: c.Verified}.Decide(u)
	}
	return []kernel.Event{EmailChanged{UserID: u.ID, Email: kernel.Personal(c.Email), Verified: c.Verified}}, nil
}

// SetEmailVerification says whether somebody has answered from the person's address; nil where nobody has asked.
type SetEmailVerification struct{ Verified *bool }

// EmailVerificationChanged records whether the address is known to be the person's.
type EmailVerificationChanged struct {
	UserID   kernel.UserID `json:"userId"`
	Verified *bool         `json:"verified,omitempty"`
}

// EventType is the literal id in the log.
func (EmailVerificationChanged) EventType() string { return "user.email-verification-changed" }

// Decide answers EmailVerificationChanged, nothing when it is so already, or CodeNotFound.
func (s SetEmailVerification) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	if (s.Verified == nil) == (u.EmailVerified == nil) && (s.Verified == nil || *s.Verified == *u.EmailVerified) {
		return nil, nil
	}
	return []kernel.Event{EmailVerificationChanged{UserID: u.ID, Verified: s.Verified}}, nil
}
