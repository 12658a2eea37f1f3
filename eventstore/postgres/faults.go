package postgres

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// idle is the transaction status of a connection outside of a transaction.
const idle = 'I'

// suffer decides what a fault means for the requests that are still pending: try again later (the usual case: the
// database restarts, the network is down, the disk is full), or look for the one append that the database refuses.
func (a *appender) suffer(err error) {
	if a.aborted.Err() != nil {
		return
	}
	a.lastFault.Store(&err)
	a.store.metrics.faults.Inc()
	if isRefusal(err) && a.rollBack() {
		a.isolate(err)
		return
	}
	a.store.options.Logger.Warn("event store: appends wait", "error", err, "waiting", len(a.pending)+len(a.queue), "retry", a.pause)
	if a.session != nil {
		a.session.close()
		a.session = nil
	}
	select {
	case <-time.After(a.pause):
	case <-a.aborted.Done():
	}
	a.pause = min(2*a.pause, lastPause)
}

// isolate tries the appends of a refused batch one by one, so that only the guilty one fails.
func (a *appender) isolate(err error) {
	if len(a.pending) > 1 && a.solo == 0 {
		a.solo = len(a.pending)
		return
	}
	guilty := a.pending[0]
	a.store.options.Logger.Error("event store: the database refused an append",
		"command", guilty.append.Command.Type, "id", guilty.append.Command.ID, "error", err)
	guilty.answer <- answer{err: fmt.Errorf("append not recorded, the database refused it: %w", err)}
	a.pending = slices.Delete(a.pending, 0, 1)
	a.solo = max(0, a.solo-1)
}

// unwritten sorts out a failed write. Only an ERROR before COMMIT proves that nothing was recorded; after a lost connection
// or a FATAL the batch may stand in the log. Then the requests stay in requestWriting and are sent again under the head
// lock, where their command ids tell.
func (a *appender) unwritten(batch []*request, err error) error {
	var reported *pgconn.PgError
	if !errors.As(err, &reported) || reported.SeverityUnlocalized != "ERROR" || !a.session.isUsable() {
		return fmt.Errorf("write: %w", err)
	}
	for _, r := range batch {
		r.notRecorded()
	}
	return fmt.Errorf("write: %w", err)
}

// rollBack makes the connection ready for another transaction; false means that it is lost.
func (a *appender) rollBack() bool {
	if !a.session.isUsable() {
		return false
	}
	if a.session.connection.TxStatus() == idle {
		return true
	}
	return a.session.run(stmtRollback) == nil
}

// isRefusal tells errors that the data of an append causes from those that pass.
func isRefusal(err error) bool {
	var reported *pgconn.PgError
	if !errors.As(err, &reported) || reported.SeverityUnlocalized != "ERROR" {
		return false
	}
	for _, class := range []string{
		"22", // data exception: not UTF-8, out of range
		"23", // integrity constraint: never expected, since nothing relies on one
		"54", // program limit: an index row that is too large
	} {
		if strings.HasPrefix(reported.Code, class) {
			return true
		}
	}
	return false
}
