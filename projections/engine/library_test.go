package engine_test

import (
	"fmt"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

// The library is a read model with everything the engine offers: two kinds of keys, all types of columns, an index that
// reducers use, counters, and events that must fail.
type (
	added struct {
		Channel kernel.ChannelID
		Name    string
		Tags    []string
		Parent  *kernel.VideoID
	}
	renamed   struct{ Name string }
	published struct{}
	filed     struct {
		Resolution int
		Size       int64
	}
	unfiled  struct{}
	removed  struct{}
	seen     struct{ Views int64 }
	ignored  struct{}
	bursting struct{}
)

func (added) EventType() string     { return "book.added" }
func (renamed) EventType() string   { return "book.renamed" }
func (published) EventType() string { return "book.published" }
func (filed) EventType() string     { return "book.filed" }
func (unfiled) EventType() string   { return "book.unfiled" }
func (removed) EventType() string   { return "book.removed" }
func (seen) EventType() string      { return "book.seen" }
func (ignored) EventType() string   { return "book.ignored" }
func (bursting) EventType() string  { return "book.bursting" }

type details struct {
	Names map[string]int `json:"names"`
}

type bookRow struct {
	ID          kernel.VideoID      `db:"id"`
	ChannelID   kernel.ChannelID    `db:"channel_id"`
	ParentID    *kernel.VideoID     `db:"parent_id"`
	Name        string              `db:"name"`
	Tags        []string            `db:"tags"`
	Related     []kernel.VideoID    `db:"related"`
	Details     details             `db:"details"`
	Raw         []byte              `db:"raw"`
	Mood        *string             `db:"mood"`
	IsPublic    bool                `db:"is_public"`
	Views       int64               `db:"views"`
	Score       float64             `db:"score"`
	AddedAt     time.Time           `db:"added_at"`
	PublishedAt *time.Time          `db:"published_at"`
	Revision    eventstore.Position `db:"revision"`
}

type fileKey struct {
	BookID     kernel.VideoID
	Resolution int
}

type fileRow struct {
	Size int64 `db:"size"`
}

type channelRow struct {
	Books int `db:"books"`
}

type libraryRows struct {
	Books       *engine.Table[kernel.VideoID, bookRow]
	Files       *engine.Table[fileKey, fileRow]
	FilesOfBook *engine.Index[kernel.VideoID, fileKey, fileRow]
	Children    *engine.Index[kernel.VideoID, kernel.VideoID, bookRow]
	Channels    *engine.Table[kernel.ChannelID, channelRow]
}

var libraryMigrations = fstest.MapFS{
	"00001_tables.sql": {Data: []byte(`-- +goose Up
create type mood as enum ('good', 'bad');
create table books (
    id uuid primary key, channel_id uuid not null, parent_id uuid, name text not null, tags text[] not null, related uuid[] not null,
    details jsonb not null, raw bytea, mood mood, is_public boolean not null, views bigint not null, score double precision not null,
    added_at timestamptz not null, published_at timestamptz, revision bigint not null);
create index books_by_parent on books (parent_id);
create table book_files (book_id uuid not null, resolution int not null, size bigint not null, primary key (book_id, resolution));
create index book_files_by_book on book_files (book_id);
create table channels (id uuid primary key, books int not null);
-- +goose Down
drop table books, book_files, channels;
`)},
	"00002_books_indexes.sql": {Data: []byte(`-- +goose Up
create index books_by_name on books (name);
-- +goose Down
drop index books_by_name;
`)},
}

func library() engine.Definition {
	return engine.Definition{Name: "library", Version: 1, Migrations: libraryMigrations, New: newLibrary}
}

func newLibrary(b *engine.Builder) engine.Reducer {
	rows := &libraryRows{
		Books:    engine.NewTable[kernel.VideoID, bookRow](b, "books", "id"),
		Files:    engine.NewTable[fileKey, fileRow](b, "book_files", "book_id", "resolution"),
		Channels: engine.NewTable[kernel.ChannelID, channelRow](b, "channels", "id"),
	}
	rows.FilesOfBook = engine.NewIndex[kernel.VideoID](rows.Files, "book_id")
	rows.Children = engine.NewIndex[kernel.VideoID](rows.Books, "parent_id")
	return engine.ReducerFunc(rows.reduce)
}

func (rows *libraryRows) reduce(at eventstore.Position, e eventstore.Event) {
	id := kernel.VideoID{UUID: uuid.MustParse(e.Stream.ID)}
	switch data := e.Data.(type) {
	case added:
		mood := "good"
		rows.Books.Insert(id, bookRow{
			ChannelID: data.Channel, ParentID: data.Parent, Name: data.Name, Tags: data.Tags, Related: []kernel.VideoID{id},
			Details: details{Names: map[string]int{data.Name: len(data.Tags)}}, Mood: &mood, AddedAt: e.RecordedAt, Revision: at,
		})
		rows.Channels.UpdateOrInsert(data.Channel, func(c *channelRow) { c.Books++ })
	case renamed:
		rows.Books.Update(id, func(b *bookRow) { b.Name, b.Raw, b.Revision = data.Name, []byte(data.Name), at })
	case published:
		rows.Books.UpdateIfPresent(id, func(b *bookRow) { b.IsPublic, b.PublishedAt, b.Mood = true, &e.RecordedAt, nil })
	case filed:
		rows.Files.Upsert(fileKey{id, data.Resolution}, fileRow{Size: data.Size})
	case unfiled:
		rows.FilesOfBook.Update(id, func(f *fileRow) { f.Size++ })
	case removed:
		rows.Books.Delete(id)
		rows.FilesOfBook.Delete(id)
		rows.Children.Update(id, func(b *bookRow) { b.ParentID = nil })
	case seen:
		rows.Books.Update(id, func(b *bookRow) { b.Views += data.Views; b.Score = float64(b.Views) / 3 })
	case bursting:
		panic("burst")
	}
}

func book(n int) kernel.StreamID {
	return kernel.VideoID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, "book", n))}.Stream()
}

func shelf(n int) kernel.ChannelID {
	return kernel.ChannelID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, "channel", n))}
}

func add(n int) enginetest.Fact {
	return enginetest.Fact{Stream: book(n), Data: added{Channel: shelf(n % 3), Name: fmt.Sprint("book ", n), Tags: []string{"a", "b,{}\""}}}
}

func fact(n int, data kernel.Event) enginetest.Fact {
	return enginetest.Fact{Stream: book(n), Data: data}
}

// drawFacts draws a history in which nothing fails: only books that are there are renamed or seen, and only absent ones added.
func drawFacts(t *rapid.T) []enginetest.Fact {
	isThere := map[int]bool{}
	var facts []enginetest.Fact
	for range rapid.IntRange(1, 60).Draw(t, "events") {
		n := rapid.IntRange(0, 5).Draw(t, "book")
		var choices []kernel.Event
		if isThere[n] {
			choices = []kernel.Event{renamed{Name: rapid.StringN(0, 8, -1).Filter(noNull).Draw(t, "name")}, seen{Views: 3}, removed{}}
		} else {
			parent := kernel.VideoID{UUID: uuid.MustParse(book((n + 1) % 6).ID)}
			choices = []kernel.Event{added{Channel: shelf(n % 2), Name: "n", Tags: nil, Parent: &parent}, added{Channel: shelf(2), Tags: []string{"x", ""}}}
		}
		choices = append(choices, published{}, filed{Resolution: n, Size: 7}, filed{Resolution: 720, Size: 8}, unfiled{}, ignored{})
		data := rapid.SampledFrom(choices).Draw(t, "event")
		switch data.(type) {
		case added:
			isThere[n] = true
		case removed:
			isThere[n] = false
		}
		facts = append(facts, fact(n, data))
	}
	return facts
}

func noNull(s string) bool {
	for _, r := range s {
		if r == 0 {
			return false
		}
	}
	return true
}

func mustID(s kernel.StreamID) uuid.UUID { return uuid.MustParse(s.ID) }
