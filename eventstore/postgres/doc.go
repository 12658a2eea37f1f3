// Package postgres is the event store in PostgreSQL.
//
// One goroutine per process appends (appender.go): it locks the head row, gathers every append that waits, reads what all
// of them need in one round trip (load.go), decides in Go (decide.go), and writes and commits the survivors in one more
// (write.go). Order, uniqueness and optimistic concurrency rest on that lock alone; no constraint error is ever relied on.
//
// It may import the ports, schema/migrations, failpoints, pgx and Prometheus. Read open.go first, then appender.go.
package postgres
