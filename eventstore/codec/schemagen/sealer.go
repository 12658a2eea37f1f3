package schemagen

import (
	"bytes"
	"crypto/sha256"

	"vidilog/eventstore/codec"
)

// ExampleSealer shows the form of sealed text in examples. It hides nothing: real sealing is new each time, and examples
// must be the same each time.
type ExampleSealer struct{}

// Seal answers the plaintext after a digest of the additional data.
func (ExampleSealer) Seal(subject string, plaintext, aad []byte) (string, []byte, error) {
	digest := sha256.Sum256(aad)
	return subject, append(digest[:], plaintext...), nil
}

// Open reverses Seal and notices other additional data.
func (ExampleSealer) Open(_ string, sealed, aad []byte) ([]byte, error) {
	digest := sha256.Sum256(aad)
	if !bytes.HasPrefix(sealed, digest[:]) {
		return nil, codec.ErrNotAuthentic
	}
	return sealed[len(digest):], nil
}
