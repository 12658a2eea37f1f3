// Package embedded runs the private PostgreSQL and Redis of an instance that was given none.
//
// Both are ordinary child processes with their data under the instance's data folder, reachable only through unix
// sockets in a folder of mode 0700: nothing listens on TCP, and no password exists that could leak.
//
// They deliberately outlive a killed vidilog (there is no Pdeathsig): a crash of the server must not also crash the
// database, and the next start adopts what still runs instead of paying for recovery. An orderly stop ends both. While
// vidilog runs it watches them and starts again what died.
//
// The package knows nothing of videos or events; it may import the standard library, pgx and go-redis. Read
// services.go first.
package embedded
