package postgres

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// answerWithin bounds one round trip of the appender from this side, for a network that swallows everything. It is longer
// than the server's own time-outs, so that those speak first.
const answerWithin = 20 * time.Second

// appenderSettings belong to the appender's connection.
//   - A process that hangs with the head locked would stop every node: the server ends its transaction after 2 s.
//   - Every statement is a look-up by key; with fresh tables the planner would choose scans and halve the throughput.
var appenderSettings = map[string]string{
	"idle_in_transaction_session_timeout": "2s",
	"lock_timeout":                        "10s",
	"statement_timeout":                   "15s",
	"enable_seqscan":                      "off",
	"enable_hashjoin":                     "off",
	"enable_mergejoin":                    "off",
	"plan_cache_mode":                     "force_generic_plan",
	"jit":                                 "off",
	"synchronous_commit":                  "on",
	"application_name":                    "vidilog appender",
}

// session is the appender's connection with its prepared statements.
type session struct {
	connection *pgconn.PgConn
	statements map[string]*pgconn.StatementDescription
	rowTypes   rowTypes
}

// rowTypes are the object ids of event_row, stream_row and command_row, which differ from database to database.
type rowTypes struct{ event, stream, command uint32 }

func openSession(ctx context.Context, config *pgx.ConnConfig) (*session, error) {
	config = config.Copy()
	for name, value := range appenderSettings {
		config.RuntimeParams[name] = value
	}
	connection, err := pgconn.ConnectConfig(ctx, &config.Config)
	if err != nil {
		return nil, err
	}
	s := &session{connection: connection, statements: make(map[string]*pgconn.StatementDescription, len(appendStatements))}
	err = s.prepare(ctx)
	if err == nil {
		err = s.findRowTypes()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) findRowTypes() error {
	t, err := s.newTrip()
	if err != nil {
		return err
	}
	t.send(stmtRowTypes)
	err = t.pipeline.Sync()
	if err == nil {
		err = t.next(func(v [][]byte) {
			s.rowTypes = rowTypes{event: readOID(v[0]), stream: readOID(v[1]), command: readOID(v[2])}
		})
	}
	return errors.Join(err, t.end())
}

// prepare sends all statements at once: appends wait for it after every lost connection.
func (s *session) prepare(ctx context.Context) error {
	pipeline := s.connection.StartPipeline(ctx)
	names := slices.Sorted(maps.Keys(appendStatements))
	for _, name := range names {
		pipeline.SendPrepare(name, appendStatements[name], nil)
	}
	if err := pipeline.Sync(); err != nil {
		return errors.Join(fmt.Errorf("prepare: %w", err), pipeline.Close())
	}
	for _, name := range names {
		result, err := pipeline.GetResults()
		description, ok := result.(*pgconn.StatementDescription)
		if !ok {
			return errors.Join(fmt.Errorf("prepare %s: %w", name, err), pipeline.Close())
		}
		description.Name = name // the pipeline leaves it empty
		s.statements[name] = description
	}
	return pipeline.Close()
}

func (s *session) isUsable() bool { return s != nil && !s.connection.IsClosed() }

// close drops the connection without waiting for the server: what it was doing ends there by itself.
func (s *session) close() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_ = s.connection.Close(ctx) // a closed connection is what is wanted
}

// trip is one round trip: any number of prepared statements, then their results in the same order.
type trip struct {
	session  *session
	pipeline *pgconn.Pipeline
}

// binaryFormat, alone in a list, is the format of all parameters or result columns.
var binaryFormat = []int16{1}

func (s *session) newTrip() (trip, error) {
	if err := s.connection.Conn().SetDeadline(time.Now().Add(answerWithin)); err != nil {
		return trip{}, err
	}
	return trip{session: s, pipeline: s.connection.StartPipeline(context.Background())}, nil
}

func (t trip) send(statement string, parameters ...[]byte) {
	t.pipeline.SendQueryStatement(t.session.statements[statement], parameters, binaryFormat, binaryFormat)
}

// next reads the rows of the next statement's result. The values are valid during the call only.
func (t trip) next(each func(values [][]byte)) error {
	results, err := t.pipeline.GetResults()
	if err != nil {
		return err
	}
	reader, ok := results.(*pgconn.ResultReader)
	if !ok {
		return fmt.Errorf("a result was expected, got %T", results)
	}
	for reader.NextRow() {
		if each != nil {
			each(reader.Values())
		}
	}
	_, err = reader.Close()
	return err
}

// end makes the connection ready for the next round trip; it fails when any statement did.
func (t trip) end() error { return t.pipeline.Close() }

// run sends statements without parameters or results.
func (s *session) run(statements ...string) error {
	t, err := s.newTrip()
	if err != nil {
		return err
	}
	for _, statement := range statements {
		t.send(statement)
	}
	if err := t.pipeline.Sync(); err != nil {
		return errors.Join(err, t.end())
	}
	return t.end()
}
