// Package user decides about people with an account here: who they are, what role they have and how much they may store.
//
// It may import domain/kernel only. Read state.go first.
package user
