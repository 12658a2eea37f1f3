package migrations

import "embed"

// Ops is the set of operational state: ops/*.sql. What it holds may be lost without losing a fact.
//
//go:embed ops/*.sql
var Ops embed.FS
