package abuse

import (
	"slices"
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// State says how far moderators are with a report; the numbers are PeerTube's (AbuseState).
type State int

// The states of a report.
const (
	Pending  State = 1
	Rejected State = 2
	Accepted State = 3
)

// IsKnown says that the number is one of the three states.
func (s State) IsKnown() bool { return s >= Pending && s <= Accepted }

// Label is the English name PeerTube's API gives the state (ABUSE_STATES).
func (s State) Label() string {
	switch s {
	case Pending:
		return "Pending"
	case Rejected:
		return "Rejected"
	case Accepted:
		return "Accepted"
	}
	return "Unknown"
}

// PredefinedReason is one of the reasons that reporters choose from, by PeerTube's names (AbusePredefinedReasonsString).
type PredefinedReason string

// predefined are the reasons of PeerTube.
var predefined = []PredefinedReason{
	"violentOrRepulsive", "hatefulOrAbusive", "spamOrMisleading", "privacy", "rights", "serverRules", "thumbnails", "captions",
}

// IsKnown says that PeerTube has the reason.
func (r PredefinedReason) IsKnown() bool { return slices.Contains(predefined, r) }

// The length of reasons, notes and messages is PeerTube's (ABUSES.REASON, ABUSES.MODERATION_COMMENT, ABUSE_MESSAGES.MESSAGE), in
// characters.
const (
	shortestText = 2
	longestText  = 3000
)

// Fits says that a reason, note or message has a length that is allowed.
func Fits(text string) bool {
	n := utf8.RuneCountInString(kernel.CleanText(text))
	return n >= shortestText && n <= longestText
}

// PredefinedReasons answers all reasons that reporters choose from, by PeerTube's names.
func PredefinedReasons() []string {
	names := make([]string, len(predefined))
	for i, p := range predefined {
		names[i] = string(p)
	}
	return names
}

// checked answers what somebody wrote as the log takes it, or CodeInvalid.
func checked(field, text string) (kernel.Personal, error) {
	if !Fits(text) {
		return "", kernel.Invalid(field, "must have %d to %d characters", shortestText, longestText)
	}
	return kernel.Personal(kernel.CleanText(text)), nil
}
