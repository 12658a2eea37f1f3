package vocab

// The types of actors.
const (
	Person      = "Person"
	Group       = "Group"
	Application = "Application"
)

// Actor is an account, a channel or the instance.
type Actor struct {
	Type              string    `json:"type"`
	ID                string    `json:"id"`
	Following         string    `json:"following"`
	Followers         string    `json:"followers"`
	Playlists         string    `json:"playlists"`
	Inbox             string    `json:"inbox"`
	Outbox            string    `json:"outbox"`
	PreferredUsername string    `json:"preferredUsername"`
	URL               string    `json:"url"`
	Name              string    `json:"name"`
	Endpoints         Endpoints `json:"endpoints"`
	PublicKey         PublicKey `json:"publicKey"`
	Published         Time      `json:"published"`
	// Icon are avatars, Image banners; left out where there are none.
	Icon    []Image `json:"icon,omitempty"`
	Image   []Image `json:"image,omitempty"`
	Summary *string `json:"summary"`
	*OfGroup
}

// OfGroup is what a channel has beyond other actors.
type OfGroup struct {
	Support                 *string       `json:"support"`
	PostingRestrictedToMods bool          `json:"postingRestrictedToMods"`
	AttributedTo            []Attribution `json:"attributedTo"`
}

// Endpoints of an actor.
type Endpoints struct {
	SharedInbox string `json:"sharedInbox"`
}

// PublicKey verifies what an actor signs.
type PublicKey struct {
	ID    string `json:"id"`
	Owner string `json:"owner"`
	PEM   string `json:"publicKeyPem"`
}

// Attribution names whose an object is.
type Attribution struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// Image is a picture.
type Image struct {
	Type      string `json:"type"`
	URL       string `json:"url"`
	MediaType string `json:"mediaType"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
}
