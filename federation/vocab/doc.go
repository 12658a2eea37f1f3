// Package vocab has the words of ActivityPub as PeerTube 6.3 writes them: objects, activities, collections and their JSON-LD
// contexts. Members are encoded in the order of the fields, which is PeerTube's.
//
// It imports the standard library only. Read encode.go, then context.go.
package vocab
