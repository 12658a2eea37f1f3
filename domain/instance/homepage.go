package instance

import "vidilog/domain/kernel"

// longestHomepage bounds the page, in bytes: the event has to fit into the log.
const longestHomepage = 1 << 20

// WriteHomepage gives the instance a page of its own, Markdown with PeerTube's elements; an empty one takes it away.
type WriteHomepage struct{ Content string }

// HomepageWritten records the page that replaced an earlier one.
type HomepageWritten struct {
	Content string `json:"content"`
}

// EventType is the literal id in the log.
func (HomepageWritten) EventType() string { return "instance.homepage-written" }

// Decide answers HomepageWritten, nothing when the page says so already, or CodeInvalid.
func (c WriteHomepage) Decide(i Instance) ([]kernel.Event, error) {
	content := kernel.CleanText(c.Content)
	if len(content) > longestHomepage {
		return nil, kernel.Invalid("content", "must have at most %d bytes, has %d", longestHomepage, len(content))
	}
	if i.Homepage != nil && *i.Homepage == content || i.Homepage == nil && content == "" {
		return nil, nil
	}
	return []kernel.Event{HomepageWritten{Content: content}}, nil
}
