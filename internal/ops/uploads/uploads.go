// Package uploads keeps files that come in parts until they are whole: who sends them, how much of each is on disk, and what
// was answered at the end. Sessions are rows, so that they outlive the server; bytes are files.
//
// It may import pgx and google/uuid. Tables are those of schema/migrations/ops. Read uploads.go, then hold.go and part.go.
package uploads

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	// ErrUnknown means that there is no such session, or no longer.
	ErrUnknown = errors.New("unknown upload")
	// ErrHeld means that another request writes a part at this moment.
	ErrHeld = errors.New("the upload is held by another request")
	// ErrFinishing means that something is being made of the whole file at this moment.
	ErrFinishing = errors.New("the upload is being finished by another request")
)

// Session is one file that comes in parts.
type Session struct {
	ID     string
	UserID uuid.UUID
	// Purpose says what the file becomes.
	Purpose string
	// File is its name in the folder of unfinished uploads.
	File string
	// Size and Written are bytes; the upload is whole when they are equal.
	Size, Written int64
	// Fields are the members of the first request, empty once the upload is over; Files the names under which files lie that came
	// with it, by field. Fields may hold passwords of a video, so they are sealed at rest.
	Fields json.RawMessage
	Files  map[string]string
	// Command is the id of the command that makes something of the file.
	Command uuid.UUID
	// Plan is what that command says, nil until it is decided; Answer that of the last part, nil until there is one.
	Plan, Answer json.RawMessage
}

// IsWhole says that all bytes are there.
func (s Session) IsWhole() bool { return s.Written == s.Size }

// Store is the list of sessions.
type Store struct {
	pool *pgxpool.Pool
	// node names the data directory, so that a restarted server frees what its dead self held.
	node  string
	vault Vault
}

// New makes a store over a pool whose search_path is the operational schema.
func New(pool *pgxpool.Pool, node string, vault Vault) *Store {
	return &Store{pool: pool, node: node, vault: vault}
}

const (
	columns = `id, user_id, purpose, file, size, written, form, files, command, plan, answer`
	// ended leaves the form out: one that cannot be opened must not keep a session from being forgotten.
	ended = `id, user_id, purpose, file, size, written, null::bytea, files, command, plan, answer`
)

func (s *Store) scan(row pgx.CollectableRow) (Session, error) {
	var found Session
	var form []byte
	err := row.Scan(&found.ID, &found.UserID, &found.Purpose, &found.File, &found.Size, &found.Written, &form, &found.Files,
		&found.Command, &found.Plan, &found.Answer)
	if err == nil {
		found.Fields, err = s.open(found, form)
	}
	return found, err
}

// Begin opens a session, or goes on with the one of this id: the same person has announced the same file before. replaced is
// the session that had the id when it is over or was for something else; its file is not part of the new one.
func (s *Store) Begin(ctx context.Context, wanted Session) (begun Session, replaced *Session, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `select `+columns+` from uploads where id = $1 for update`, wanted.ID)
		found, err := pgx.CollectOneRow(rows, s.scan)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			begun = wanted
		case err != nil:
			return err
		case found.Answer != nil || found.Purpose != wanted.Purpose || found.UserID != wanted.UserID:
			begun, replaced = wanted, &found
		case found.Plan != nil: // what becomes of it is decided
			begun = found
			return nil
		default:
			begun = wanted
			begun.Written, begun.Size, begun.Command, begun.File = found.Written, found.Size, found.Command, found.File
		}
		if begun.Files == nil {
			begun.Files = map[string]string{}
		}
		_, err = tx.Exec(ctx, `
			insert into uploads (id, user_id, purpose, file, size, written, form, files, command)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			on conflict (id) do update set
				user_id = excluded.user_id, purpose = excluded.purpose, file = excluded.file, size = excluded.size,
				written = excluded.written, form = excluded.form, files = excluded.files, command = excluded.command,
				plan = null, answer = null, is_idle = false`,
			begun.ID, begun.UserID, begun.Purpose, begun.File, begun.Size, begun.Written, s.seal(begun), begun.Files, begun.Command)
		return err
	})
	if err != nil {
		return begun, nil, fmt.Errorf("begin upload: %w", err)
	}
	return begun, replaced, nil
}

// End forgets a session of a user whatever its state, and answers it. found is false when there is none.
func (s *Store) End(ctx context.Context, id string, user uuid.UUID) (gone Session, found bool, err error) {
	rows, _ := s.pool.Query(ctx, `delete from uploads where id = $1 and user_id = $2 returning `+ended, id, user)
	gone, err = pgx.CollectOneRow(rows, s.scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return gone, false, nil
	}
	if err != nil {
		return gone, false, fmt.Errorf("end upload: %w", err)
	}
	return gone, true, nil
}

// Sweep forgets the sessions that nobody has touched since the sweep before, and answers them. PeerTube goes by the same
// measure: a session lives for one to two rounds without activity.
func (s *Store) Sweep(ctx context.Context) (swept []Session, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `
			delete from uploads where is_idle and (hold is null or held_until < now()) returning `+ended)
		if swept, err = pgx.CollectRows(rows, s.scan); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update uploads set is_idle = true where hold is null or held_until < now()`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sweep uploads: %w", err)
	}
	return swept, nil
}

// FreeOwn frees what this node held when it died; it is called before requests are answered.
func (s *Store) FreeOwn(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, `update uploads set hold = null, held_until = null where node = $1`, s.node)
	if err != nil {
		return fmt.Errorf("free uploads of %s: %w", s.node, err)
	}
	return nil
}
