package jobs

import "strings"

// The statements, for tests of their plans.
var (
	ClaimableSQL   = claimableSQL
	JobsOfVideoSQL = jobsOfVideoSQL
)

// ListSQL is the statement of a page of 15, and its arguments.
func ListSQL(f Filter) (string, []any) {
	where, args := f.conditions()
	return strings.NewReplacer("{where}", where, "{dir}", "desc", "{limit}", "15", "{offset}", "0").Replace(listSQL), args
}
