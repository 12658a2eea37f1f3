package postgres

// Waiting is how many appends are in the queue and not yet in a group commit.
func (s *Store) Waiting() int { return len(s.appender.queue) }

// LoseConnection cuts the appender's connection, as a broken network does.
func (s *Store) LoseConnection() {
	if socket := s.appender.socket.Load(); socket != nil {
		_ = (*socket).Close()
	}
}

// Statements whose plans are tested.
const (
	SelectEvents = selectEvents
	SelectStream = selectStream
)
