package keys

import (
	"context"
	"fmt"
)

// A subject without a key gets a row all the same, so that nothing about it is sealed later under a new one.
const shredKey = `
	INSERT INTO vidilog_keys.subjects (key_ref, subject, wrapped, state, shredded_at)
	VALUES ('k1-' || gen_random_uuid(), $1, NULL, 'shredded', now())
	ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, state = 'shredded', shredded_at = coalesce(subjects.shredded_at, now())`

// Shred destroys the key of a subject: what was sealed under it can never be read again, here at once and in other processes
// when they next look (Options.CacheFor). Backups of the keys that are older still hold it. Doing it twice changes nothing.
func (r *Ring) Shred(ctx context.Context, subject string) error {
	if _, err := r.pool.Exec(ctx, shredKey, subject); err != nil {
		return fmt.Errorf("shred the key of %s: %w", subject, err)
	}
	if k, kept := r.bySubject.Get(subject); kept {
		r.byRef.Remove(k.ref)
	}
	r.bySubject.Remove(subject)
	return nil
}
