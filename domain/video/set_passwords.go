package video

import (
	"slices"
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// Password is one of those that open a protected video. The text is in the vault; the log knows its number and where it is.
type Password struct {
	// ID is the integer PeerTube's API gives the password.
	ID  int64  `json:"id"`
	Ref string `json:"ref"`
}

// SetPasswords replaces the passwords of a protected video; those that stay keep their number.
type SetPasswords struct{ Passwords []Password }

// PasswordsSet records all passwords from here on, none once the video has another privacy.
type PasswordsSet struct {
	VideoID   kernel.VideoID `json:"videoId"`
	Passwords []Password     `json:"passwords"`
}

// EventType is the literal id in the log.
func (PasswordsSet) EventType() string { return "video.passwords-set" }

// Decide answers PasswordsSet, nothing when they are the same, CodeInvalid for a video of another privacy or for none left, or
// CodeNotFound.
func (s SetPasswords) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.Attributes.Privacy != PasswordProtected {
		return nil, notProtected()
	}
	if len(s.Passwords) == 0 {
		return nil, kernel.Refuse(kernel.CodeInvalid, "At least one video password is required.")
	}
	if slices.Equal(s.Passwords, v.Passwords) {
		return nil, nil
	}
	return []kernel.Event{PasswordsSet{VideoID: v.ID, Passwords: s.Passwords}}, nil
}

func notProtected() error {
	return kernel.Refuse(kernel.CodeInvalid, "Video is not password protected")
}

// RemovePassword takes one password away.
type RemovePassword struct{ ID int64 }

// Decide answers PasswordsSet with the others; CodeInvalid for the last one or for a video of another privacy; CodeNotFound.
func (r RemovePassword) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.Attributes.Privacy != PasswordProtected {
		return nil, notProtected()
	}
	i := slices.IndexFunc(v.Passwords, func(p Password) bool { return p.ID == r.ID })
	if i < 0 {
		return nil, kernel.NotFound("Video password not found")
	}
	if len(v.Passwords) == 1 {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot delete the last password of the protected video")
	}
	return SetPasswords{Passwords: slices.Delete(slices.Clone(v.Passwords), i, i+1)}.Decide(v)
}

// The lengths of a password in characters, PeerTube's (VIDEO_PASSWORD): from shortest, below tooLong.
const (
	shortestPassword = 2
	tooLongPassword  = 100
)

// CheckPasswords answers CodeInvalid unless the texts may be the passwords of a video. They are seen before they go to the
// vault, and never by an event.
func CheckPasswords(texts []string) error {
	if len(texts) == 0 {
		return kernel.Refuse(kernel.CodeInvalid, "At least one video password is required.")
	}
	for i, text := range texts {
		if slices.Contains(texts[:i], text) {
			return kernel.Refuse(kernel.CodeInvalid, "Duplicate video passwords are not allowed.")
		}
		if n := utf8.RuneCountInString(text); n < shortestPassword || n >= tooLongPassword {
			return kernel.Refuse(kernel.CodeInvalid,
				"Invalid video password. Password length should be at least 2 characters and no more than 100 characters.")
		}
	}
	return nil
}
