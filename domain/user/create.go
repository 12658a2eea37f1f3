package user

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Create makes a person known here. The caller has hashed the password, put the hash under PasswordRef and drawn the ids.
type Create struct {
	UserID      kernel.UserID
	IntegerID   int64
	AccountID   kernel.AccountID
	ChannelID   kernel.ChannelID
	Username    string
	Email       string
	Role        Role
	PasswordRef string
	Quota       int64
	QuotaDaily  int64
	// EmailVerified is nil where nobody has asked.
	EmailVerified *bool
	Flags         AdminFlags
	Settings      Settings
}

// Created records a new user together with the account and first channel that every user has.
type Created struct {
	UserID      kernel.UserID    `json:"userId"`
	IntegerID   int64            `json:"integerId"`
	AccountID   kernel.AccountID `json:"accountId"`
	ChannelID   kernel.ChannelID `json:"channelId"`
	Username    string           `json:"username"`
	Email       kernel.Personal  `json:"email"`
	Role        Role             `json:"role"`
	PasswordRef string           `json:"passwordRef"`
	// Quota and QuotaDaily are bytes; -1 means no limit.
	Quota      int64 `json:"quota"`
	QuotaDaily int64 `json:"quotaDaily"`
	// EmailVerified is nil where nobody has asked.
	EmailVerified *bool      `json:"emailVerified,omitempty"`
	Flags         AdminFlags `json:"flags"`
	// Settings are the instance's defaults at that time.
	Settings Settings `json:"settings"`
}

// EventType is the literal id in the log.
func (Created) EventType() string { return "user.created" }

// PersonalSubject names the key that seals the e-mail address.
func (e Created) PersonalSubject() string { return e.UserID.Stream().String() }

// state is what a person begins with.
func (e Created) state() User {
	return User{
		Exists: true, ID: e.UserID, Username: e.Username, Email: e.Email, Role: e.Role, AccountID: e.AccountID,
		PasswordRef: e.PasswordRef, Quota: e.Quota, QuotaDaily: e.QuotaDaily, EmailVerified: e.EmailVerified, Flags: e.Flags,
		Settings: e.Settings,
	}
}

// isNoMark says that a character does not show: spaces, control characters, bytes that are no UTF-8.
func isNoMark(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == utf8.RuneError }

func checkEmail(email string) error {
	if at := strings.LastIndexByte(email, '@'); at < 1 || at == len(email)-1 || len(email) > 400 ||
		strings.ContainsFunc(email, isNoMark) {
		return kernel.Invalid("email", "%q is not an e-mail address", email)
	}
	return nil
}

func checkRole(role Role) error {
	if !role.IsKnown() {
		return kernel.Invalid("role", "%d is not a role: 0 administrator, 1 moderator, 2 user", role)
	}
	return nil
}

func checkQuota(field string, quota int64) error {
	if quota < -1 {
		return kernel.Invalid(field, "must be a number of bytes, or -1 for no limit")
	}
	return nil
}

// Check answers everything that is wrong, joined: CodeInvalid naming the field.
func (c Create) Check() error {
	return errors.Join(
		actor.CheckName("username", c.Username), checkEmail(c.Email), checkRole(c.Role), checkQuota("videoQuota", c.Quota),
		checkQuota("videoQuotaDaily", c.QuotaDaily), c.Flags.check(),
	)
}

// Decide answers Created, or what Check does.
func (c Create) Decide(u User) ([]kernel.Event, error) {
	if u.Exists || u.Deleted {
		return nil, kernel.Conflict("the user %s exists already", u.Username)
	}
	if err := c.Check(); err != nil {
		return nil, err
	}
	settings, err := c.Settings.checked()
	if err != nil {
		return nil, err
	}
	return []kernel.Event{Created{
		UserID: c.UserID, IntegerID: c.IntegerID, AccountID: c.AccountID, ChannelID: c.ChannelID,
		Username: c.Username, Email: kernel.Personal(c.Email), Role: c.Role, PasswordRef: c.PasswordRef,
		Quota: c.Quota, QuotaDaily: c.QuotaDaily, EmailVerified: c.EmailVerified, Flags: c.Flags, Settings: settings,
	}}, nil
}
