package vocab

// Collection is the entrance of a list: how many items it has and where its pages begin.
type Collection struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	TotalItems int    `json:"totalItems"`
	// First is left out of an empty list.
	First string `json:"first,omitempty"`
}

// Page is a part of a list.
type Page struct {
	ID           string `json:"id"`
	Type         string `json:"type"`
	Prev         string `json:"prev,omitempty"`
	Next         string `json:"next,omitempty"`
	PartOf       string `json:"partOf"`
	OrderedItems any    `json:"orderedItems"`
	TotalItems   int    `json:"totalItems"`
}

// Activity is something that an actor does with an object, which is an address or an object in full.
type Activity struct {
	To     []string `json:"to"`
	CC     []string `json:"cc"`
	Type   string   `json:"type"`
	ID     string   `json:"id"`
	Actor  string   `json:"actor"`
	Object any      `json:"object"`
}
