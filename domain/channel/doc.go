// Package channel decides about channels: the ActivityPub groups that videos are published in.
//
// It may import domain/kernel and domain/actor. Read state.go first.
package channel
