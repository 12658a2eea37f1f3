package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// databaseColumn is a column as the database has it.
type databaseColumn struct {
	typeName string
	oid      uint32
	isArray  bool
	isEnum   bool
	// isKey: it belongs to the primary key. leads: some index begins with it. isRequired: it has no default and may not be null.
	isKey, leads, isRequired bool
}

// statements are the texts for one table and the means to encode its rows. They name the table without schema: the
// connection's search_path decides which build is meant.
type statements struct {
	selectByKey, insert, upsert, delete, copy string
	// For a single row, without the detour over arrays: most batches at the head of the log change one row of a table.
	insertOne, upsertOne, deleteOne string

	// types encodes for the fold, arrayTypes for who writes: a map remembers plans and belongs to one goroutine.
	types, arrayTypes *pgtype.Map
	// keys and rows have the columns in the order of the statements.
	keys, columns []encodedColumn
	// copiedBytes and copiedRows measure how large rows are.
	copiedBytes, copiedRows int
}

type encodedColumn struct {
	column
	databaseColumn
	plan pgtype.EncodePlan
}

// bytesPerRow is what a row took when written, or a guess before the first one.
func (s *statements) bytesPerRow() int {
	if s.copiedRows == 0 {
		return 256
	}
	return s.copiedBytes / s.copiedRows
}

// databaseColumns reads the columns of all tables in the schema of the connection's search_path.
func databaseColumns(ctx context.Context, conn *pgx.Conn) (map[string]map[string]databaseColumn, error) {
	const query = `
select c.relname, a.attname, format_type(b.oid, null), b.oid, b.typelem <> 0 and b.typlen = -1 and b.typcategory = 'A', b.typtype = 'e',
       exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey::smallint[])),
       exists (select 1 from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum),
       a.attnotnull and not a.atthasdef and a.attidentity = ''
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
 where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')`
	rows, err := conn.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	found := map[string]map[string]databaseColumn{}
	var table, name string
	var c databaseColumn
	into := []any{&table, &name, &c.typeName, &c.oid, &c.isArray, &c.isEnum, &c.isKey, &c.leads, &c.isRequired}
	_, err = pgx.ForEachRow(rows, into, func() error {
		if found[table] == nil {
			found[table] = map[string]databaseColumn{}
		}
		found[table][name] = c
		return nil
	})
	return found, err
}

// attach fits the table to the database: every field needs its column.
func (t *Table[K, R]) attach(columns map[string]databaseColumn) error {
	if columns == nil {
		return fmt.Errorf("the migrations create no table %s", t.shape.name)
	}
	if err := t.fits(columns); err != nil {
		return fmt.Errorf("table %s: %w", t.shape.name, err)
	}
	s := &statements{types: pgtype.NewMap(), arrayTypes: pgtype.NewMap()}
	for i, c := range slices.Concat(t.shape.keys, t.shape.columns) {
		in := columns[c.name]
		if _, known := s.types.TypeForOID(in.oid); !known && !in.isEnum {
			return fmt.Errorf("column %s.%s: type %s is not supported", t.shape.name, c.name, in.typeName)
		}
		e := encodedColumn{column: c, databaseColumn: in}
		if i < len(t.shape.keys) {
			s.keys = append(s.keys, e)
		}
		s.columns = append(s.columns, e)
	}
	s.write(t.shape.name)
	for i := range t.indexes {
		w := &t.indexes[i]
		w.sql = fmt.Sprintf("select %s from %s where %s = any($1::%s[])", names(s.columns, "%s"), quote(t.shape.name), quote(w.column), columns[w.column].typeName)
	}
	t.sql = *s
	return nil
}

// fits finds what would otherwise be met event by event, or as a rebuild that takes for ever.
func (t *Table[K, R]) fits(columns map[string]databaseColumn) error {
	for _, c := range slices.Concat(t.shape.keys, t.shape.columns) {
		if _, ok := columns[c.name]; !ok {
			return fmt.Errorf("there is no column %s", c.name)
		}
	}
	keys := 0
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		c := columns[name]
		_, inKey, found := t.shape.find(name)
		switch {
		case c.isKey && !inKey:
			return fmt.Errorf("column %s is in the primary key, and not among the key columns of NewTable", name)
		case c.isRequired && !found:
			return fmt.Errorf("column %s is not null without default, and no field has the tag db:%q", name, name)
		case c.isKey:
			keys++
		}
	}
	if keys < len(t.shape.keys) {
		return fmt.Errorf("the primary key has fewer columns than NewTable names")
	}
	for _, w := range t.indexes {
		if !columns[w.column].leads {
			return fmt.Errorf("no index begins with %s; NewIndex needs one in the migration that creates the table", w.column)
		}
	}
	return nil
}

// write composes the texts.
func (s *statements) write(table string) {
	name, all, keys := quote(table), names(s.columns, "%s"), names(s.keys, "%s")
	matches := make([]string, len(s.keys))
	for i, k := range s.keys {
		matches[i] = fmt.Sprintf("t.%s = u.%s", quote(k.name), quote(k.name))
	}
	match := strings.Join(matches, " and ")
	given := "from unnest(" + parameters(s.keys) + ") as u(" + keys + ")"
	s.selectByKey = fmt.Sprintf("select %s %s join %s t on %s", names(s.columns, "t.%s"), given, name, match)
	if len(s.keys) == 1 {
		s.selectByKey = fmt.Sprintf("select %s from %s where %s = any($1::%s)", all, name, keys, s.keys[0].parameter())
	}
	s.delete = fmt.Sprintf("delete from %s t using (select %s %s) u where %s", name, casts(s.keys), given, match)
	s.insert = fmt.Sprintf("insert into %s (%s) select %s from unnest(%s) as u(%s)", name, all, casts(s.columns), parameters(s.columns), all)
	s.copy = fmt.Sprintf("copy %s (%s) from stdin (format binary)", name, all)
	var sets []string
	for _, c := range s.columns[len(s.keys):] {
		sets = append(sets, fmt.Sprintf("%s = excluded.%s", quote(c.name), quote(c.name)))
	}
	s.insertOne = fmt.Sprintf("insert into %s (%s) values (%s)", name, all, placeholders(len(s.columns)))
	s.deleteOne = fmt.Sprintf("delete from %s where (%s) = (%s)", name, keys, placeholders(len(s.keys)))
	onConflict := " on conflict (" + keys + ") do "
	if len(sets) == 0 {
		onConflict += "nothing"
	} else {
		onConflict += "update set " + strings.Join(sets, ", ")
	}
	s.upsert, s.upsertOne = s.insert+onConflict, s.insertOne+onConflict
}

// parameter is the type of the array that carries the column's values. unnest would flatten arrays of arrays, so arrays, and
// types that are not known here, travel as text.
func (c encodedColumn) parameter() string {
	if c.isArray || c.isEnum {
		return "text[]"
	}
	return c.typeName + "[]"
}

func parameters(columns []encodedColumn) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = fmt.Sprintf("$%d::%s", i+1, c.parameter())
	}
	return strings.Join(list, ", ")
}

func casts(columns []encodedColumn) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = "u." + quote(c.name)
		if c.isArray || c.isEnum {
			list[i] += "::" + c.typeName
		}
		list[i] += " as " + quote(c.name)
	}
	return strings.Join(list, ", ")
}

func placeholders(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("$%d", i+1)
	}
	return strings.Join(list, ", ")
}

func names(columns []encodedColumn, format string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = fmt.Sprintf(format, quote(c.name))
	}
	return strings.Join(list, ", ")
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
