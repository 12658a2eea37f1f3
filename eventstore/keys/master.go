package keys

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

const keyBytes = 32 // AES-256

// MasterKey wraps the data keys and is the root of the vault's and the blind index's key. It never shows itself.
type MasterKey struct{ bytes [keyBytes]byte }

// String keeps the key out of texts.
func (MasterKey) String() string { return "[master key]" }

// GoString keeps the key out of %#v.
func (MasterKey) GoString() string { return "[master key]" }

// Format keeps the key out of every other verb.
func (MasterKey) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte("[master key]")) }

// LogValue keeps the key out of structured logs.
func (MasterKey) LogValue() slog.Value { return slog.StringValue("[master key]") }

// ParseMasterKey reads 32 bytes written as 64 hexadecimal digits or as base64, as configuration and environment give them.
// The error does not repeat the text.
func ParseMasterKey(text string) (MasterKey, error) {
	text = strings.TrimSpace(text)
	for _, decode := range []func(string) ([]byte, error){
		hex.DecodeString, base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString,
		base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	} {
		if b, err := decode(text); err == nil && len(b) == keyBytes {
			return MasterKey{[keyBytes]byte(b)}, nil
		}
	}
	return MasterKey{}, fmt.Errorf("the master key must be %d bytes as 64 hexadecimal digits or base64; "+
		"this is %d characters of something else", keyBytes, len(text))
}

// LoadMasterKey reads the key from a file, which it creates with a new key (mode 0600) where there is none. Processes that
// start together get the same key. It refuses a file that others may read.
func LoadMasterKey(path string) (key MasterKey, created bool, err error) {
	key, err = readMasterKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	if created, err = writeMasterKey(path); err != nil {
		return MasterKey{}, false, fmt.Errorf("create master key %s: %w", path, err)
	}
	key, err = readMasterKey(path)
	return key, created, err
}

func readMasterKey(path string) (MasterKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return MasterKey{}, fmt.Errorf("master key: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return MasterKey{}, fmt.Errorf("master key %s has mode %04o; others can read it: chmod 600", path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return MasterKey{}, fmt.Errorf("master key: %w", err)
	}
	key, err := ParseMasterKey(string(text))
	if err != nil {
		return MasterKey{}, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// writeMasterKey writes the whole file under another name first, and links it: a crash leaves a whole key or none, and
// of two processes one wins.
func writeMasterKey(path string) (created bool, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".master-*") // mode 0600
	if err != nil {
		return false, err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	var key [keyBytes]byte
	_, _ = rand.Read(key[:]) // never fails: it ends the program instead
	_, err = f.WriteString(hex.EncodeToString(key[:]) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return false, err
	}
	err = os.Link(f.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return true, err
	}
	return true, errors.Join(folder.Sync(), folder.Close())
}

// derive makes a key for one purpose.
func (m MasterKey) derive(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, m.bytes[:], nil, "vidilog "+purpose+" v1", keyBytes)
	if err != nil {
		panic(err) // only for lengths that SHA-256 cannot give
	}
	return key
}

// fingerprint tells master keys apart without saying anything about them.
func (m MasterKey) fingerprint() string { return hex.EncodeToString(m.derive("fingerprint")[:8]) }
