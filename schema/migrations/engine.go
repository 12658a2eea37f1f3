package migrations

import "embed"

// Engine is the set of the registry of read models: engine/*.sql.
//
//go:embed engine/*.sql
var Engine embed.FS
