package catalog

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// passwordsRow keeps three lists side by side, so that one event replaces all and what stays keeps its time.
type passwordsRow struct {
	Numbers   []int64     `db:"numbers"`
	Refs      []string    `db:"refs"`
	CreatedAt []time.Time `db:"created_at"`
}

func (r *rows) passwordsSet(recordedAt time.Time, e video.PasswordsSet) {
	if len(e.Passwords) == 0 {
		r.passwords.Delete(e.VideoID)
		return
	}
	r.passwords.UpdateOrInsert(e.VideoID, func(row *passwordsRow) {
		var next passwordsRow
		for _, p := range e.Passwords {
			at := recordedAt
			if i := slices.Index(row.Numbers, p.ID); i >= 0 {
				at = row.CreatedAt[i]
			}
			next.Numbers, next.Refs = append(next.Numbers, p.ID), append(next.Refs, p.Ref)
			next.CreatedAt = append(next.CreatedAt, at)
		}
		*row = next
	})
}

// Password is one password of a protected video; its text is in the vault under Ref.
type Password struct {
	Number    int64
	Ref       string
	CreatedAt time.Time
}

var passwordsSQL = query("passwords_of_video")

// Passwords answers the passwords of a video, the last set first.
func (c *Catalog) Passwords(ctx context.Context, id kernel.VideoID) ([]Password, error) {
	return many(ctx, c.db, passwordsSQL, func(row pgx.CollectableRow) (p Password, err error) {
		return p, row.Scan(&p.Number, &p.Ref, &p.CreatedAt)
	}, id.UUID)
}
