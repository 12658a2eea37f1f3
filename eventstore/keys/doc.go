// Package keys keeps the keys that seal personal text and secrets: one data key per person in PostgreSQL, wrapped by a
// master key that is not in the database. Without a person's key what it sealed cannot be read again, anywhere.
//
// It may import eventstore and its codec, schema/migrations and pgx. Its tables stand in a schema of their own, so that
// they can live in another database with shorter backups. Read ring.go first.
package keys
