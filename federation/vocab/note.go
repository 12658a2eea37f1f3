package vocab

// Note is a comment.
type Note struct {
	To        []string `json:"to"`
	CC        []string `json:"cc"`
	Type      string   `json:"type"`
	ID        string   `json:"id"`
	Content   string   `json:"content"`
	MediaType string   `json:"mediaType"`
	// InReplyTo is the comment that is answered, or the video.
	InReplyTo    string `json:"inReplyTo"`
	Updated      Time   `json:"updated"`
	Published    Time   `json:"published"`
	URL          string `json:"url"`
	AttributedTo string `json:"attributedTo"`
	// ReplyApproval is where it can be fetched that the video's owner lets the comment stand.
	ReplyApproval string    `json:"replyApproval"`
	Tag           []Mention `json:"tag"`
}

// Mention is somebody whose comment is answered.
type Mention struct {
	Type string `json:"type"`
	Href string `json:"href"`
	Name string `json:"name"`
}

// Tombstone is what is left of a deleted comment.
type Tombstone struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	FormerType string `json:"formerType"`
	InReplyTo  string `json:"inReplyTo"`
	Published  Time   `json:"published"`
	Updated    Time   `json:"updated"`
	Deleted    Time   `json:"deleted"`
}

// Approval says that the owner of a video lets a comment stand.
type Approval struct {
	Type      string `json:"type"`
	ID        string `json:"id"`
	Actor     string `json:"actor"`
	InReplyTo string `json:"inReplyTo"`
	Object    string `json:"object"`
}
