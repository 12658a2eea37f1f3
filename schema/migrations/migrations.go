// Package migrations holds the numbered SQL of every table set and applies it.
//
// A set is a folder of goose files; its tables go into one PostgreSQL schema, whose name the caller gives, so that two
// versions of a read model can stand side by side. It may import goose and pgx only. Read apply.go next.
package migrations

import "embed"

// EventStore is the set of the log: eventstore/*.sql.
//
//go:embed eventstore/*.sql
var EventStore embed.FS

// Keys is the set of the sealing keys: keys/*.sql.
//
//go:embed keys/*.sql
var Keys embed.FS

// Bus is the set of the consumers' progress: bus/*.sql.
//
//go:embed bus/*.sql
var Bus embed.FS
