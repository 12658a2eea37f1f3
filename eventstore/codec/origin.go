package codec

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"vidilog/domain/kernel"
)

// Origin is where a request came from. It is personal, so the envelope holds it sealed (eventstore.Metadata.Origin).
type Origin struct {
	Address   kernel.Personal `json:"address,omitempty"`
	UserAgent kernel.Personal `json:"userAgent,omitempty"`
}

// MaxUserAgentBytes is what SealOrigin keeps of a user agent: enough to tell browsers apart, little enough that a client
// cannot grow every event by choosing a long one.
const MaxUserAgentBytes = 256

const originEncoding = 1

// SealOrigin seals an origin with the key of a person (or "instance" for somebody without an account), bound to the
// command, so that it cannot be moved to another append. An empty origin answers nil.
func (r *Registry) SealOrigin(subject, commandID string, o Origin) ([]byte, error) {
	if o == (Origin{}) {
		return nil, nil
	}
	if r.sealer == nil {
		return nil, errors.New("seal origin: this codec has no sealer")
	}
	if len(o.UserAgent) > MaxUserAgentBytes {
		o.UserAgent = kernel.Personal(strings.ToValidUTF8(string(o.UserAgent[:MaxUserAgentBytes]), ""))
	}
	plain, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("seal origin: %w", err)
	}
	keyRef, sealed, err := r.sealer.Seal(subject, plain, originBinding(commandID))
	if err != nil {
		return nil, fmt.Errorf("seal origin: %w", err)
	}
	out := binary.AppendUvarint([]byte{originEncoding}, uint64(len(keyRef)))
	return append(append(out, keyRef...), sealed...), nil
}

// OpenOrigin reverses SealOrigin. When the key is gone both fields are kernel.Redacted; nil bytes answer an empty origin.
func (r *Registry) OpenOrigin(commandID string, sealed []byte) (Origin, error) {
	if len(sealed) == 0 {
		return Origin{}, nil
	}
	if r.sealer == nil {
		return Origin{}, errors.New("open origin: this codec has no sealer")
	}
	if sealed[0] != originEncoding {
		return Origin{}, fmt.Errorf("open origin: encoding %d is not known", sealed[0])
	}
	size, used := binary.Uvarint(sealed[1:])
	if used <= 0 || size > uint64(len(sealed)-1-used) {
		return Origin{}, errors.New("open origin: the key reference is cut off")
	}
	rest := sealed[1+used:]
	plain, err := r.sealer.Open(string(rest[:size]), rest[size:], originBinding(commandID))
	if errors.Is(err, ErrKeyGone) {
		return Origin{Address: kernel.Redacted, UserAgent: kernel.Redacted}, nil
	}
	if err != nil {
		return Origin{}, fmt.Errorf("open origin: %w", err)
	}
	var o Origin
	if err := json.Unmarshal(plain, &o); err != nil {
		return Origin{}, fmt.Errorf("open origin: %w", err)
	}
	return o, nil
}

func originBinding(commandID string) []byte { return []byte("vidilog:origin:v1\x00" + commandID) }
