package keys

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	insertMaster = `INSERT INTO vidilog_keys.master (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING`
	selectMaster = `SELECT fingerprint FROM vidilog_keys.master`

	// Two processes may make a subject's first key at once: one row wins, both then read it.
	insertKey       = `INSERT INTO vidilog_keys.subjects (key_ref, subject, wrapped) VALUES ($1, $2, $3) ON CONFLICT (subject) DO NOTHING`
	selectBySubject = `SELECT key_ref, subject, wrapped, state FROM vidilog_keys.subjects WHERE subject = $1`
	selectByRef     = `SELECT key_ref, subject, wrapped, state FROM vidilog_keys.subjects WHERE key_ref = $1`
	selectNewest    = `SELECT key_ref, subject, wrapped, state FROM vidilog_keys.subjects ORDER BY created_at DESC LIMIT $1`
)

// MasterMismatch means that the keys in the database are wrapped by another master key than the one given. Going on would
// make everything sealed so far unreadable.
type MasterMismatch struct{ Given, Wanted string }

func (e *MasterMismatch) Error() string {
	return fmt.Sprintf("the master key (%s) is not the one that wraps the keys in this database (%s); restore its file or configuration",
		e.Given, e.Wanted)
}

func (r *Ring) checkMaster(ctx context.Context, master MasterKey) error {
	if _, err := r.pool.Exec(ctx, insertMaster, master.fingerprint()); err != nil {
		return fmt.Errorf("keys: record the master key: %w", err)
	}
	var wanted string
	if err := r.pool.QueryRow(ctx, selectMaster).Scan(&wanted); err != nil {
		return fmt.Errorf("keys: check the master key: %w", err)
	}
	if given := master.fingerprint(); given != wanted {
		return &MasterMismatch{Given: given, Wanted: wanted}
	}
	return nil
}

// keyOf answers the key of a subject and makes it where there is none.
func (r *Ring) keyOf(ctx context.Context, subject string) (key, error) {
	if subject == "" {
		return key{}, errors.New("no subject is named")
	}
	_, k, err := r.scan(r.pool.QueryRow(ctx, selectBySubject, subject))
	if !errors.Is(err, pgx.ErrNoRows) {
		return k, err
	}
	ref, data := "k1-"+uuid.NewString(), make([]byte, keyBytes)
	_, _ = rand.Read(data) // never fails: it ends the program instead
	wrapped := seal(r.wrap, data, wrapBinding(ref, subject))
	if _, err := r.pool.Exec(ctx, insertKey, ref, subject, wrapped); err != nil {
		return key{}, err
	}
	_, k, err = r.scan(r.pool.QueryRow(ctx, selectBySubject, subject))
	return k, err
}

func (r *Ring) keyAt(ctx context.Context, ref string) (subject string, k key, err error) {
	subject, k, err = r.scan(r.pool.QueryRow(ctx, selectByRef, ref))
	if errors.Is(err, pgx.ErrNoRows) {
		err = errors.New("the table of keys does not hold it; was it restored from an older backup than the log?")
	}
	return subject, k, err
}

func (r *Ring) newest(ctx context.Context, limit int, each func(subject string, k key)) error {
	rows, err := r.pool.Query(ctx, selectNewest, limit)
	if err != nil {
		return fmt.Errorf("load keys: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		subject, k, err := r.scan(rows)
		if err != nil {
			return fmt.Errorf("load keys: %w", err)
		}
		each(subject, k)
	}
	return rows.Err()
}

// scan reads a row and unwraps the key of a live one.
func (r *Ring) scan(row pgx.Row) (subject string, k key, err error) {
	var wrapped []byte
	var state string
	if err := row.Scan(&k.ref, &subject, &wrapped, &state); err != nil {
		return "", key{}, err
	}
	k.seen = time.Now()
	if state != "live" {
		return subject, k, nil
	}
	data, err := open(r.wrap, wrapped, wrapBinding(k.ref, subject))
	if err != nil {
		return "", key{}, fmt.Errorf("unwrap key %s: %w", k.ref, err)
	}
	k.open, err = newCipher(data)
	return subject, k, err
}

// wrapBinding ties a wrapped key to its row: rows cannot be exchanged.
func wrapBinding(ref, subject string) []byte {
	return []byte("vidilog:key:v1\x00" + ref + "\x00" + subject)
}
