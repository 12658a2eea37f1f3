// Heart measures the event store and proves it under load and kill -9: make bench-heart.
//
// It starts a private PostgreSQL with fsync, prints what appends and replay reach (figures.go), and then lets two
// processes of 32 writers each work on one log, with eight read models and three process managers on its tail
// (consumers.go), while one of them and PostgreSQL are killed again and again (stress.go).
// Writers keep a journal of what they were told (journal.go); afterwards the log is held against it (verify.go).
//
// Read main.go first.
package main
