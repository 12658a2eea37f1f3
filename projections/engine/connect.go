package engine

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// database makes connections to the one database, each to the schema it works in.
type database struct{ config *pgxpool.Config }

// settings that every connection needs: texts of values must not depend on where the server stands.
var commonSettings = map[string]string{
	"timezone": "UTC", "datestyle": "ISO, YMD", "intervalstyle": "postgres", "bytea_output": "hex", "extra_float_digits": "1",
}

// writerSettings: a crash may lose the last transactions, rows and checkpoint together, and they are projected again. A
// hash or merge join over a whole table is never right for a batch, but looks so to the planner while tables are young.
var writerSettings = map[string]string{
	"synchronous_commit": "off", "enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off",
}

// configFor answers a configuration whose connections work in schema.
func (d database) configFor(schema, role string, more map[string]string) *pgx.ConnConfig {
	c := d.config.ConnConfig.Copy()
	c.RuntimeParams["search_path"] = quote(schema)
	c.RuntimeParams["application_name"] = "vidilog " + role
	for _, settings := range []map[string]string{commonSettings, more} {
		for name, value := range settings {
			c.RuntimeParams[name] = value
		}
	}
	return c
}

func (d database) connect(ctx context.Context, schema, role string, more map[string]string) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, d.configFor(schema, role, more))
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", schema, err)
	}
	return conn, nil
}
