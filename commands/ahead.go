package commands

import (
	"context"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// stepsAhead bounds what Ahead does while somebody waits.
const stepsAhead = 5

// Ahead takes the first steps of a process in the name of who set it off, so that they see its effect in their next request. The
// command answers whether there is more to do. Ahead answers the position of the last step; what it leaves, or fails to do, is the
// process's, which follows the log and takes the same steps.
func Ahead[C any](
	ctx context.Context, bus *Bus, caller Caller, process string, step Spec[C, bool], command C,
) (reached eventstore.Position) {
	server := Internal(kernel.ByProcess(process, caller.Actor))
	server.Correlation = caller.Correlation
	for range stepsAhead {
		outcome, err := Run(ctx, bus, server, step, command)
		if err != nil {
			return reached
		}
		reached = outcome.Position
		if !outcome.Result {
			break
		}
	}
	return reached
}
