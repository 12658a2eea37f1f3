package postgres_test

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
	"vidilog/eventstore/storetest"
	"vidilog/internal/embedded/testpg"
)

func TestPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("needs PostgreSQL")
	}
	RegisterFailHandler(Fail)
	RunSpecs(t, "Event store in PostgreSQL")
}

// One database serves all tests, one after the other: creating one takes longer than most tests.
var database string

var _ = BeforeSuite(func() { database = testpg.DSN(GinkgoT()) })

// noLog is a database in which the log has to be created.
func noLog() string {
	GinkgoHelper()
	_, err := connect(database).Exec(context.Background(), `DROP SCHEMA IF EXISTS vidilog_log CASCADE`)
	Expect(err).NotTo(HaveOccurred())
	return database
}

// emptyLog is a database with a log in which nothing is recorded.
func emptyLog() string {
	GinkgoHelper()
	connection := connect(database)
	var exists bool
	Expect(connection.QueryRow(context.Background(), `SELECT to_regclass('head') IS NOT NULL`).Scan(&exists)).To(Succeed())
	if exists {
		clearLog(connection)
	}
	return database
}

func clearLog(connection *pgx.Conn) {
	GinkgoHelper()
	_, err := connection.Exec(context.Background(), `TRUNCATE events, streams, claims, commands, vault, nodes;
		UPDATE head SET position = 0, recorded_at = 'epoch', format_epoch = 1;
		DROP SEQUENCE IF EXISTS integer_video, integer_user`)
	Expect(err).NotTo(HaveOccurred())
}

var _ = storetest.DescribeLog("The log in PostgreSQL", func() eventstore.Log {
	return open(emptyLog(), postgres.Options{})
})

// open a store that ends with the test.
func open(dsn string, options postgres.Options) *postgres.Store {
	GinkgoHelper()
	options.Logger = slog.New(slog.NewTextHandler(GinkgoWriter, nil))
	store, err := postgres.Open(context.Background(), dsn, options)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(store.Close)
	return store
}

// connect is a connection of the test's own into the log's tables.
func connect(dsn string) *pgx.Conn {
	GinkgoHelper()
	config, err := pgx.ParseConfig(dsn)
	Expect(err).NotTo(HaveOccurred())
	config.RuntimeParams["search_path"] = postgres.Schema
	connection, err := pgx.ConnectConfig(context.Background(), config)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { _ = connection.Close(context.Background()) })
	return connection
}

// note is an append of so many events to one stream.
func note(stream string, expected eventstore.Expected, events int) eventstore.Append {
	a := eventstore.Append{Command: eventstore.Command{
		CommandKey:  eventstore.CommandKey{Actor: "user:ann", Type: "note", ID: uuid.NewString()},
		PayloadHash: sha256.Sum256([]byte("content")),
	}}
	s := eventstore.StreamAppend{Stream: kernel.StreamID{Kind: "video", ID: stream}, Expected: expected}
	for range events {
		s.Events = append(s.Events, eventstore.Draft{EventID: uuid.New(), Type: "video.noted", SchemaVersion: 1, Payload: []byte("{}")})
	}
	a.Streams = append(a.Streams, s)
	return a
}

func mustAppend(store *postgres.Store, a eventstore.Append) eventstore.Receipt {
	GinkgoHelper()
	receipt, err := store.Append(context.Background(), a)
	Expect(err).NotTo(HaveOccurred())
	return receipt
}
