// Package tail reads the log once per process and hands the decoded events to any number of cursors.
//
// At the head all cursors share one ring of decoded events. A cursor that is before the ring reads large pages for itself,
// the next page while the last is decoded, and joins the ring when it arrives there. Polling is the truth; the watcher
// only wakes earlier. It may import domain/kernel and the ports of eventstore. Read tail.go first.
package tail
