package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"vidilog/eventstore/codec"
)

// sealEncoding is the first byte of everything sealed: AES-256-GCM, then 12 bytes nonce, then text and tag. Nonces are
// random; one key may seal 2^32 times before a collision becomes likely, more than one person ever writes.
const sealEncoding = 1

func newCipher(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func seal(c cipher.AEAD, plaintext, aad []byte) []byte {
	out := make([]byte, 1+c.NonceSize(), 1+c.NonceSize()+len(plaintext)+c.Overhead())
	out[0] = sealEncoding
	nonce := out[1:]
	_, _ = rand.Read(nonce) // never fails: it ends the program instead
	return c.Seal(out, nonce, plaintext, aad)
}

func open(c cipher.AEAD, sealed, aad []byte) ([]byte, error) {
	if len(sealed) < 1+c.NonceSize()+c.Overhead() || sealed[0] != sealEncoding {
		return nil, fmt.Errorf("%d bytes of no known encoding: %w", len(sealed), codec.ErrNotAuthentic)
	}
	nonce := sealed[1 : 1+c.NonceSize()]
	plain, err := c.Open(nil, nonce, sealed[1+len(nonce):], aad)
	if err != nil {
		return nil, codec.ErrNotAuthentic
	}
	return plain, nil
}

// SealVault encrypts a secret for the vault, bound to the reference under which it will be stored.
func (r *Ring) SealVault(ref string, secret []byte) []byte {
	return seal(r.vault, secret, []byte("vidilog:vault:v1\x00"+ref))
}

// OpenVault reverses SealVault; codec.ErrNotAuthentic for bytes that were stored under another reference.
func (r *Ring) OpenVault(ref string, sealed []byte) ([]byte, error) {
	secret, err := open(r.vault, sealed, []byte("vidilog:vault:v1\x00"+ref))
	if err != nil {
		return nil, fmt.Errorf("open vault entry %s: %w", ref, err)
	}
	return secret, nil
}

// BlindIndex turns something personal into a claim key: equal texts of a kind give equal keys, and without the master key
// nobody can test a guess. The caller normalises the text first (an e-mail address to lower case).
func (r *Ring) BlindIndex(kind, text string) string {
	mac := hmac.New(sha256.New, r.blind)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(len(kind)))) // no text may look like another kind
	mac.Write([]byte(kind))
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
