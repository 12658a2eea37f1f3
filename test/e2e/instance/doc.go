// Package instance runs the real binary for tests of the whole: in a data folder of its own, on a free port, with the private
// PostgreSQL and Redis that it starts by itself. Everything it answers comes through HTTP or the command line, as for anybody.
//
// It is imported by tests only. Read instance.go, then client.go.
package instance
