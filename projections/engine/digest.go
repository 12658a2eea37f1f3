package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
)

// Digest identifies the content of a build at a position: SHA-256 over all tables by name, their columns by name, and all
// rows in the order of the primary key, as PostgreSQL writes them in COPY's text form.
type Digest struct {
	Position eventstore.Position
	Sum      [sha256.Size]byte
	Rows     int64
}

// String writes the sum in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d.Sum[:]) }

// Same says that two digests were taken at the same position of the same content.
func (d Digest) Same(other Digest) bool { return d.Position == other.Position && d.Sum == other.Sum }

// digestTables are the tables of the schema with their columns, and their key columns in order; text compares bytewise,
// because collations change with the operating system.
const digestTables = `
select c.relname,
       array(select quote_ident(attname) from pg_attribute
              where attrelid = c.oid and attnum > 0 and not attisdropped order by attname collate "C"),
       array(select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
               from unnest(i.indkey::smallint[]) with ordinality as k(attnum, place)
               join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum order by k.place)
  from pg_class c left join pg_index i on i.indrelid = c.oid and i.indisprimary
 where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and c.relname <> 'goose_db_version'
 order by c.relname collate "C"`

type digestTable struct {
	name          string
	columns, keys []string
}

// digestOf computes the digest over what the transaction of conn sees. The connection works in the build's schema.
func digestOf(ctx context.Context, conn *pgx.Conn, at eventstore.Position) (Digest, error) {
	rows, err := conn.Query(ctx, digestTables)
	if err != nil {
		return Digest{}, err
	}
	tables, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t digestTable, err error) {
		err = row.Scan(&t.name, &t.columns, &t.keys)
		return t, err
	})
	if err != nil {
		return Digest{}, err
	}
	sum, d := sha256.New(), Digest{Position: at}
	for _, t := range tables {
		count, err := t.addTo(ctx, sum, conn)
		if err != nil {
			return Digest{}, fmt.Errorf("digest of %s: %w", t.name, err)
		}
		d.Rows += count
	}
	sum.Sum(d.Sum[:0])
	return d, nil
}

func (t digestTable) addTo(ctx context.Context, sum hash.Hash, conn *pgx.Conn) (int64, error) {
	if len(t.keys) == 0 {
		return 0, fmt.Errorf("the table has no primary key")
	}
	columns := strings.Join(t.columns, ", ")
	// Counts before and after keep rows of one table from passing for rows of the next.
	fmt.Fprintf(sum, "table %q columns %q\n", t.name, columns)
	query := fmt.Sprintf("copy (select %s from %s order by %s) to stdout", columns, quote(t.name), strings.Join(t.keys, ", "))
	tag, err := conn.PgConn().CopyTo(ctx, sum, query)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(sum, "rows %d\n", tag.RowsAffected())
	return tag.RowsAffected(), nil
}

// snapshot is a build frozen in a repeatable-read transaction: its position and rows belong together for as long as it is open.
type snapshot struct {
	conn     *pgx.Conn
	tx       pgx.Tx
	position eventstore.Position
}

func (d database) snapshot(ctx context.Context, b Build) (*snapshot, error) {
	conn, err := d.connect(ctx, b.Schema, "digest", nil)
	if err != nil {
		return nil, err
	}
	s := &snapshot{conn: conn}
	s.tx, err = conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err == nil {
		err = s.tx.QueryRow(ctx, "select position from "+RegistrySchema+".checkpoints where build_id = $1", b.ID).Scan(&s.position)
	}
	if err != nil {
		s.close()
		return nil, fmt.Errorf("read %s: %w", b.Schema, err)
	}
	return s, nil
}

func (s *snapshot) digest(ctx context.Context) (Digest, error) {
	return digestOf(ctx, s.conn, s.position)
}

// close ends the transaction with its connection.
func (s *snapshot) close() { _ = s.conn.Close(context.Background()) }
