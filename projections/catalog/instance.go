package catalog

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/actor"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

type instancePictureRow struct {
	Images    []actor.Image `db:"images"`
	ChangedAt time.Time     `db:"changed_at"`
}

type instancePageRow struct {
	Content   string    `db:"content"`
	ChangedAt time.Time `db:"changed_at"`
}

// homepage is the key of the one page that there is.
const homepage = "homepage"

func (r *rows) reduceInstance(at eventstore.Position, recordedAt time.Time, e kernel.Event) {
	switch e := e.(type) {
	case instance.Initialised:
		r.instanceInitialised(at, recordedAt, e)
	case instance.HomepageWritten:
		r.ownPages.Upsert(homepage, instancePageRow{Content: e.Content, ChangedAt: recordedAt})
	case instance.PictureChanged:
		if e.Kind == instance.Avatar {
			r.accounts.Update(kernel.AccountID{UUID: kernel.TheInstance.UUID}, func(a *accountRow) {
				a.Avatars, a.UpdatedAt, a.Revision = e.Images, recordedAt, at
			})
		}
		if len(e.Images) == 0 {
			r.ownPictures.Delete(string(e.Kind))
			return
		}
		r.ownPictures.Upsert(string(e.Kind), instancePictureRow{Images: e.Images, ChangedAt: recordedAt})
	}
}

// Own is what the instance shows of itself.
type Own struct {
	// Homepage is nil where nobody ever wrote one.
	Homepage *string
	Pictures map[instance.Kind]Picture
}

// Picture is a picture in its sizes.
type Picture struct {
	Images    []actor.Image
	ChangedAt time.Time
}

var instancePicturesSQL, instancePageSQL = query("instance_pictures"), query("instance_page")

// Own answers what the instance shows of itself.
func (c *Catalog) Own(ctx context.Context) (Own, error) {
	own := Own{Pictures: map[instance.Kind]Picture{}}
	b := &pgx.Batch{}
	b.Queue(instancePicturesSQL).Query(func(rows pgx.Rows) error {
		var kind instance.Kind
		var p Picture
		_, err := pgx.ForEachRow(rows, []any{&kind, &p.Images, &p.ChangedAt}, func() error {
			own.Pictures[kind] = p
			p = Picture{}
			return nil
		})
		return err
	})
	b.Queue(instancePageSQL, homepage).Query(func(rows pgx.Rows) error {
		pages, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if len(pages) > 0 {
			own.Homepage = &pages[0]
		}
		return err
	})
	if err := c.db.SendBatch(ctx, b).Close(); err != nil {
		return own, fmt.Errorf("catalog: instance: %w", err)
	}
	return own, nil
}
