package main

import (
	"embed"
	"fmt"
	"io/fs"

	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// tally is a row of every model. Chain depends on the order in which events were folded and on each of them having been
// folded once.
type tally struct {
	Events   int64               `db:"events"`
	Bytes    int64               `db:"bytes"`
	Chain    int64               `db:"chain"`
	Revision eventstore.Position `db:"revision"`
}

//go:embed models/*.sql
var modelFiles embed.FS

// modelMigrations is the one table that every model has.
func modelMigrations() fs.FS {
	files, err := fs.Sub(modelFiles, "models")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return files
}

// modelKeys say what each of the eight models counts by: from four rows in all to one row per command.
var modelKeys = []func(eventstore.Recorded) string{
	func(e eventstore.Recorded) string { return e.Stream.String() },
	func(e eventstore.Recorded) string { return e.Type },
	func(e eventstore.Recorded) string { return e.CommandID },
	func(e eventstore.Recorded) string { return fmt.Sprint(e.Position / 1000) },
	func(e eventstore.Recorded) string { return fmt.Sprint(e.EventID[0], e.EventID[1]) },
	func(e eventstore.Recorded) string { return e.RecordedAt.Format("15:04:05.0") },
	func(e eventstore.Recorded) string { return e.Actor.String() },
	func(e eventstore.Recorded) string { return e.Stream.ID },
}

func modelName(i int) string { return fmt.Sprint("heart", i) }

func modelNames() []string {
	names := make([]string, len(modelKeys))
	for i := range names {
		names[i] = modelName(i)
	}
	return names
}

func models() []engine.Definition {
	definitions := make([]engine.Definition, len(modelKeys))
	for i, key := range modelKeys {
		definitions[i] = engine.Definition{
			Name: modelName(i), Version: 1, Migrations: modelMigrations(),
			New: func(b *engine.Builder) engine.Reducer {
				tallies := engine.NewTable[string, tally](b, "tallies", "key")
				return engine.ReducerFunc(func(at eventstore.Position, e eventstore.Event) {
					size := int64(len(e.Payload))
					tallies.UpdateOrInsert(key(e.Recorded), func(t *tally) {
						t.Events++
						t.Bytes += size
						t.Chain = t.Chain*31 + int64(at)
						t.Revision = at
					})
				})
			},
		}
	}
	return definitions
}
