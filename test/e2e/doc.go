// Package e2e looks at the whole from outside: one upload in a real browser, the answers of the API and of the file server,
// the HLS stream as players and peers read it, and read models that are rebuilt while people read them.
//
// It has tests only, besides package instance, which runs the real binary. Read slice_test.go.
package e2e
