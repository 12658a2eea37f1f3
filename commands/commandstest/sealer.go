package commandstest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"vidilog/eventstore/codec"
)

// Sealer seals with AES-GCM under keys that derive from what they are for, so that nothing has to be kept.
type Sealer struct{}

// Seal encrypts with the key of a subject.
func (Sealer) Seal(subject string, plaintext, aad []byte) (keyRef string, sealed []byte, err error) {
	return subject, seal(subject, plaintext, aad), nil
}

// Open reverses Seal.
func (Sealer) Open(keyRef string, sealed, aad []byte) ([]byte, error) {
	return open(keyRef, sealed, aad)
}

// SealVault encrypts a secret for its reference.
func (Sealer) SealVault(ref string, plain []byte) []byte { return seal("vault", plain, []byte(ref)) }

// OpenVault reverses SealVault.
func (Sealer) OpenVault(ref string, sealed []byte) ([]byte, error) {
	return open("vault", sealed, []byte(ref))
}

// BlindIndex is a keyed hash.
func (Sealer) BlindIndex(kind, text string) string {
	mac := hmac.New(sha256.New, []byte("test"))
	mac.Write([]byte(kind + "\x00" + text))
	return hex.EncodeToString(mac.Sum(nil))
}

func block(key string) cipher.AEAD {
	sum := sha256.Sum256([]byte(key))
	b, err := aes.NewCipher(sum[:])
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	gcm, err := cipher.NewGCM(b)
	if err != nil {
		panic(err)
	}
	return gcm
}

func seal(key string, plain, aad []byte) []byte {
	gcm := block(key)
	nonce := make([]byte, gcm.NonceSize())
	_, _ = rand.Read(nonce) // never fails, see crypto/rand
	return gcm.Seal(nonce, nonce, plain, aad)
}

func open(key string, sealed, aad []byte) ([]byte, error) {
	gcm := block(key)
	if len(sealed) < gcm.NonceSize() {
		return nil, codec.ErrNotAuthentic
	}
	plain, err := gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], aad)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", codec.ErrNotAuthentic, err)
	}
	return plain, nil
}
