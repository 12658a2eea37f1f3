package embedded

// SetMovedRoot sends moved clusters to a folder of the test and answers how to undo it.
func SetMovedRoot(dir string) func() {
	before := movedRoot
	movedRoot = dir
	return func() { movedRoot = before }
}

// PostgresPID and RedisPID tell which processes serve, for tests that kill them.
func (s *Services) PostgresPID() int { return s.postgres.runningPID() }

// RedisPID is 0 while Redis does not run.
func (s *Services) RedisPID() int { return s.redis.runningPID() }

// Root is where the services keep their files.
func (s *Services) Root() string { return s.postgres.placement.root }
