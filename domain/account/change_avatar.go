package account

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// ChangeAvatar gives an account an avatar in several sizes; none takes it away.
type ChangeAvatar struct{ Avatars []actor.Image }

// AvatarChanged records the avatar's sizes, and the files that are needed no more.
type AvatarChanged struct {
	AccountID kernel.AccountID `json:"accountId"`
	Avatars   []actor.Image    `json:"avatars"`
	Replaced  []string         `json:"replaced"`
}

// EventType is the literal id in the log.
func (AvatarChanged) EventType() string { return "account.avatar-changed" }

// Decide answers AvatarChanged, nothing when there is none to take away, or CodeNotFound.
func (c ChangeAvatar) Decide(a Account) ([]kernel.Event, error) {
	if !a.Stands() {
		return nil, kernel.NotFound("Account not found")
	}
	if len(c.Avatars) == 0 && len(a.Avatars) == 0 {
		return nil, nil
	}
	return []kernel.Event{AvatarChanged{AccountID: a.AccountID, Avatars: c.Avatars, Replaced: actor.FileNames(a.Avatars)}}, nil
}
