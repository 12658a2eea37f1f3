// Package comment decides about what people write below a video: threads, replies, their approval and their deletion.
//
// A comment is known by an integer, as in PeerTube's API, which belongs to the stream that holds it. The comments of a thread share
// a stream, so that a reply and the deletion of what it answers are decided one after the other. No stream grows without bound: one
// that holds perStream comments takes no more, and a further reply begins a stream of its own, to which answers to that reply go. A
// thread has no limit for that, and a decision about a comment never reads more than one bounded stream.
//
// What was written is about a person and sealed with the author's key: it is gone when they are.
//
// It may import domain/kernel. Read state.go, then reply.go.
package comment
