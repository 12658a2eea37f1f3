// Package user decides about people with an account here: who they are, what role they have, how much they may store and how
// they want to use the site.
//
// It may import domain/kernel and domain/actor. Read state.go first.
package user
