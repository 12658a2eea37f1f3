package commands

import (
	"errors"

	"vidilog/eventstore"
)

// explain answers the refusal that was given along with a claim, when the claim is what stood in the way.
func (w *Work) explain(err error) error {
	var taken *eventstore.ClaimTaken
	if errors.As(err, &taken) {
		if refusal := w.refusal[taken.ClaimKey]; refusal != nil {
			return refusal
		}
	}
	return err
}
