// Package channel decides about channels: the ActivityPub groups that videos are published in.
//
// It may import domain/kernel only. Read state.go first.
package channel
