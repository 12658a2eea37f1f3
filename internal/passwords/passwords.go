// Package passwords hashes passwords and compares them, as PeerTube does: bcrypt at cost 10, over the first 72 bytes.
//
// It may import golang.org/x/crypto.
package passwords

import (
	"fmt"

	"golang.org/x/crypto/bcrypt"
)

// bcryptBytes is as much as bcrypt looks at. Go's refuses more; PeerTube's leaves the rest out, and hashes of its instances
// were made so.
const bcryptBytes = 72

// nobody is compared with where there is no hash, so that the answer takes as long as with one.
var nobody = []byte("$2a$10$7EqJtq98hPqEX7fNZaFWoO5uGZC6Y6QF3x0WmBjxPzjVv2n1ZpGAi")

// Hash answers what to store.
func Hash(password string) ([]byte, error) {
	hash, err := bcrypt.GenerateFromPassword(cut(password), bcrypt.DefaultCost)
	if err != nil {
		return nil, fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// Matches says whether a password is the one of a hash; an empty hash is nobody's.
func Matches(hash []byte, password string) bool {
	if len(hash) == 0 {
		_ = bcrypt.CompareHashAndPassword(nobody, cut(password))
		return false
	}
	return bcrypt.CompareHashAndPassword(hash, cut(password)) == nil
}

func cut(password string) []byte { return []byte(password)[:min(len(password), bcryptBytes)] }
