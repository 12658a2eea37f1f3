// Package kernel holds the words that every aggregate shares: identifiers, the Event and Actor types and coded errors.
//
// It may import the standard library and google/uuid only; nothing in it reads a clock, a random source or the outside
// world. Read id.go first.
package kernel
