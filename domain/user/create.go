package user

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// usernamePattern and the 50 characters are PeerTube's (USERS.USERNAME, actor preferred name).
var usernamePattern = regexp.MustCompile(`^[a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?$`)

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
}

// EventType is the literal id in the log.
func (Created) EventType() string { return "user.created" }

// PersonalSubject names the key that seals the e-mail address.
func (e Created) PersonalSubject() string { return e.UserID.Stream().String() }

// isNoMark says that a character does not show: spaces, control characters, bytes that are no UTF-8.
func isNoMark(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == utf8.RuneError }

// Decide answers Created, or CodeInvalid naming the field.
func (c Create) Decide(u User) ([]kernel.Event, error) {
	if u.Exists {
		return nil, kernel.Conflict("the user %s exists already", u.Username)
	}
	if len(c.Username) > 50 || !usernamePattern.MatchString(c.Username) {
		return nil, kernel.Invalid("username", "must have 1 to 50 characters of a-z, 0-9, _ . and -, not starting or ending with . or -")
	}
	if at := strings.LastIndexByte(c.Email, '@'); at < 1 || at == len(c.Email)-1 || len(c.Email) > 400 ||
		strings.ContainsFunc(c.Email, isNoMark) {
		return nil, kernel.Invalid("email", "%q is not an e-mail address", c.Email)
	}
	if !c.Role.IsKnown() {
		return nil, kernel.Invalid("role", "%d is not a role: 0 administrator, 1 moderator, 2 user", c.Role)
	}
	if c.Quota < -1 || c.QuotaDaily < -1 {
		return nil, kernel.Invalid("videoQuota", "must be a number of bytes, or -1 for no limit")
	}
	return []kernel.Event{Created{
		UserID: c.UserID, IntegerID: c.IntegerID, AccountID: c.AccountID, ChannelID: c.ChannelID,
		Username: c.Username, Email: kernel.Personal(c.Email), Role: c.Role, PasswordRef: c.PasswordRef,
		Quota: c.Quota, QuotaDaily: c.QuotaDaily,
	}}, nil
}
