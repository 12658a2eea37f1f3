package domaintest

import (
	"fmt"

	"vidilog/domain/kernel"
)

// recorded matches an outcome of exactly these events.
type recorded[S Aggregate[S]] struct{ expected []kernel.Event }

// Match compares what is decided, with types, field by field.
func (m recorded[S]) Match(actual any) (bool, error) {
	o := actual.(Outcome[S])
	return o.err == nil && dump(o.events) == dump(m.expected), nil
}

// FailureMessage shows the difference line by line.
func (m recorded[S]) FailureMessage(actual any) string {
	o := actual.(Outcome[S])
	if o.err != nil {
		return fmt.Sprintf("%T was to record\n%sbut was refused with %s: %v", o.verb, dump(m.expected), kernel.CodeOf(o.err), o.err)
	}
	return fmt.Sprintf("%T recorded something else (- expected, + recorded):\n%s", o.verb, diff(dump(m.expected), dump(o.events)))
}

// NegatedFailureMessage completes the matcher.
func (m recorded[S]) NegatedFailureMessage(any) string {
	return "was not to record\n" + dump(m.expected)
}

// refused matches an outcome without events and with a refusal of this code.
type refused[S Aggregate[S]] struct{ code kernel.Code }

// Match compares the code.
func (m refused[S]) Match(actual any) (bool, error) {
	o := actual.(Outcome[S])
	return kernel.CodeOf(o.err) == m.code && len(o.events) == 0, nil
}

// FailureMessage says what happened instead.
func (m refused[S]) FailureMessage(actual any) string {
	o := actual.(Outcome[S])
	if o.err != nil {
		return fmt.Sprintf("%T was to be refused with %s, but was with %q: %v", o.verb, m.code, kernel.CodeOf(o.err), o.err)
	}
	return fmt.Sprintf("%T was to be refused with %s, but recorded\n%s", o.verb, m.code, dump(o.events))
}

// NegatedFailureMessage completes the matcher.
func (m refused[S]) NegatedFailureMessage(any) string {
	return "was not to be refused with " + string(m.code)
}

// same matches a text and shows the difference.
type same struct{ what, expected string }

// Match compares the texts.
func (m same) Match(actual any) (bool, error) { return actual.(string) == m.expected, nil }

// FailureMessage shows the difference line by line.
func (m same) FailureMessage(actual any) string {
	return fmt.Sprintf("%s (- before, + after):\n%s", m.what, diff(m.expected, actual.(string)))
}

// NegatedFailureMessage completes the matcher.
func (m same) NegatedFailureMessage(any) string { return m.what + " was expected" }
