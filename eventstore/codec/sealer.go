package codec

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
)

// ErrKeyGone is what a Sealer answers when the key that sealed something has been revoked or destroyed. It is the only
// error that turns into kernel.Redacted; any other one fails the decoding, so that a fault never looks like an erasure.
var ErrKeyGone = errors.New("the key that sealed this is gone")

// ErrNotAuthentic is what a Sealer answers when sealed bytes do not belong to the key and additional data they came with:
// somebody changed them or moved them.
var ErrNotAuthentic = errors.New("not sealed with this key for this place")

// Sealer encrypts what is about a person with that person's key. eventstore/keys implements it. It is called from many
// goroutines.
type Sealer interface {
	// Seal encrypts plaintext with the subject's key, which is made at first use; aad is authenticated, not stored.
	Seal(subject string, plaintext, aad []byte) (keyRef string, sealed []byte, err error)
	// Open reverses Seal with the same aad. A revoked or destroyed key answers ErrKeyGone, changed bytes ErrNotAuthentic.
	Open(keyRef string, sealed, aad []byte) ([]byte, error)
}

// sealedPrefix marks a sealed string within a payload; the version is that of the text form, not of the cipher.
const sealedPrefix = "sealed:v1:"

// fieldBinding is the additional data of a field: a sealed text moved to another event or field does not open.
func fieldBinding(event uuid.UUID, path string) []byte {
	b := append([]byte("vidilog:field:v1\x00"), event[:]...)
	return append(b, path...)
}

// sealing carries one Encode: all fields of an event are sealed for one subject with one key.
type sealing struct {
	sealer  Sealer
	subject string
	event   uuid.UUID
	keyRef  string
}

// field seals one text. Empty text and the redaction mark stay as they are: neither says anything about the person, and
// the key of an erased person must not be asked for again.
func (s *sealing) field(path, text string) (string, error) {
	if text == "" || text == string(kernel.Redacted) {
		return text, nil
	}
	if s.subject == "" {
		return "", fmt.Errorf("%s is personal, but PersonalSubject names nobody", path)
	}
	keyRef, sealed, err := s.sealer.Seal(s.subject, []byte(text), fieldBinding(s.event, path))
	if err != nil {
		return "", fmt.Errorf("seal %s: %w", path, err)
	}
	if s.keyRef != "" && s.keyRef != keyRef {
		return "", fmt.Errorf("seal %s: the key of %s changed meanwhile; encode the event again", path, s.subject)
	}
	s.keyRef = keyRef
	return sealedPrefix + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// opening carries one Decode.
type opening struct {
	sealer Sealer
	keyRef string
	event  uuid.UUID
}

func (o *opening) field(path, text string) (string, error) {
	if text == "" || text == string(kernel.Redacted) {
		return text, nil
	}
	encoded, found := strings.CutPrefix(text, sealedPrefix)
	if !found {
		return "", fmt.Errorf("%s is personal, but not sealed", path)
	}
	sealed, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return "", fmt.Errorf("open %s: not base64url (%w): %w", path, err, ErrNotAuthentic)
	}
	if o.sealer == nil {
		return "", fmt.Errorf("open %s: this codec has no sealer", path)
	}
	plain, err := o.sealer.Open(o.keyRef, sealed, fieldBinding(o.event, path))
	if errors.Is(err, ErrKeyGone) {
		return string(kernel.Redacted), nil
	}
	if err != nil {
		return "", fmt.Errorf("open %s: %w", path, err)
	}
	return string(plain), nil
}
