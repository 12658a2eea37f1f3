// Package storage keeps the files of an instance on the file system, in the folders and under the names that PeerTube
// uses.
//
// Every file appears whole or not at all: it is written under a temporary name in its own folder, synced, renamed, and
// the folder is synced. Only then may an event name it. Read pending.go first.
//
// It knows folders and names, not videos. It may import internal/config and internal/failpoint.
package storage
