package uploads

import (
	"encoding/json"
	"fmt"
)

// Vault seals what must not be read out of the database or its backups, bound to the reference that it is kept under. The ring
// of keys implements it.
type Vault interface {
	SealVault(ref string, secret []byte) []byte
	// OpenVault answers an error for bytes that were sealed under another reference or with another key.
	OpenVault(ref string, sealed []byte) ([]byte, error)
}

// formRef binds a form to its session and command: that of another session in its place does not open.
func formRef(s Session) string { return "upload/" + s.ID + "/" + s.Command.String() }

func (s *Store) seal(session Session) []byte {
	return s.vault.SealVault(formRef(session), session.Fields)
}

// open answers the form of a session, an empty one when the session is over.
func (s *Store) open(session Session, form []byte) (json.RawMessage, error) {
	if form == nil {
		return json.RawMessage(`{}`), nil
	}
	fields, err := s.vault.OpenVault(formRef(session), form)
	if err != nil {
		return nil, fmt.Errorf("open the form of upload %s: %w", session.ID, err)
	}
	return fields, nil
}
