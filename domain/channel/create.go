package channel

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"vidilog/domain/kernel"
)

var handlePattern = regexp.MustCompile(`^[a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?$`)

// Create opens a channel of an account. The key pair was drawn by the caller and its private half is in the vault.
type Create struct {
	ChannelID     kernel.ChannelID
	IntegerID     int64
	ActorID       int64
	AccountID     kernel.AccountID
	OwnerID       kernel.UserID
	Handle        string
	DisplayName   string
	PublicKey     string
	PrivateKeyRef string
}

// Created records a new channel and its actor keys.
type Created struct {
	ChannelID   kernel.ChannelID `json:"channelId"`
	IntegerID   int64            `json:"integerId"`
	ActorID     int64            `json:"actorId"`
	AccountID   kernel.AccountID `json:"accountId"`
	OwnerID     kernel.UserID    `json:"ownerId"`
	Handle      string           `json:"handle"`
	DisplayName string           `json:"displayName"`
	// PublicKey is PEM (PKIX); PrivateKeyRef names the private key in the vault.
	PublicKey     string `json:"publicKey"`
	PrivateKeyRef string `json:"privateKeyRef"`
}

// EventType is the literal id in the log.
func (Created) EventType() string { return "channel.created" }

// Decide answers Created, or CodeInvalid naming the field. Limits are PeerTube's (VIDEO_CHANNELS.NAME, actor names).
func (c Create) Decide(ch Channel) ([]kernel.Event, error) {
	if ch.Exists {
		return nil, kernel.Conflict("the channel %s exists already", ch.Handle)
	}
	if len(c.Handle) > 50 || !handlePattern.MatchString(c.Handle) {
		return nil, kernel.Invalid("name", "must have 1 to 50 characters of a-z, 0-9, _ . and -, not starting or ending with . or -")
	}
	c.DisplayName = strings.TrimSpace(kernel.CleanText(c.DisplayName))
	if n := utf8.RuneCountInString(c.DisplayName); n < 1 || n > 120 {
		return nil, kernel.Invalid("displayName", "must have 1 to 120 characters, has %d", n)
	}
	return []kernel.Event{Created(c)}, nil
}
