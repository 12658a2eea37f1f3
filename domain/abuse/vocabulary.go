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

// checked answers what somebody wrote as the log takes it, or CodeInvalid.
func checked(field, text string) (kernel.Personal, error) {
	text = kernel.CleanText(text)
	if n := utf8.RuneCountInString(text); n < shortestText || n > longestText {
		return "", kernel.Invalid(field, "must have %d to %d characters, has %d", shortestText, longestText, n)
	}
	return kernel.Personal(text), nil
}
