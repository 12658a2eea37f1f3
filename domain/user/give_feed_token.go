package user

import "vidilog/domain/kernel"

// GiveFeedToken gives the person the token that opens their own feeds and nothing else. Its text is in the vault.
type GiveFeedToken struct {
	Ref string
	// Anew takes the former token away; without it a person who has one keeps it.
	Anew bool
}

// FeedTokenGiven records where the token is that opens the person's feeds from now on.
type FeedTokenGiven struct {
	FeedTokenRef string `json:"feedTokenRef"`
}

// EventType is the literal id in the log.
func (FeedTokenGiven) EventType() string { return "user.feed-token-given" }

// Decide answers FeedTokenGiven, nothing for a person who keeps the token they have, or CodeNotFound.
func (g GiveFeedToken) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	if u.FeedTokenRef != "" && !g.Anew {
		return nil, nil
	}
	return []kernel.Event{FeedTokenGiven{FeedTokenRef: g.Ref}}, nil
}
