package outbox

import (
	"strconv"

	"vidilog/federation/vocab"
)

// Part is which page of a collection is asked for; the zero value asks for its entrance.
type Part struct {
	Page, Size int
}

// Start is the first item of the page.
func (p Part) Start() int { return (p.Page - 1) * p.Size }

// Entrance is a collection without its items.
func Entrance(id string, total int) vocab.Collection {
	c := vocab.Collection{ID: id, Type: "OrderedCollection", TotalItems: total}
	if total > 0 {
		c.First = pageID(id, 1)
	}
	return c
}

// Page is a part of a collection. There is a next one only when it has items.
func Page(id string, part Part, total int, items any) vocab.Page {
	p := vocab.Page{ID: pageID(id, part.Page), Type: "OrderedCollectionPage", PartOf: id, OrderedItems: items, TotalItems: total}
	if part.Page > 1 {
		p.Prev = pageID(id, part.Page-1)
	}
	if total > part.Page*part.Size {
		p.Next = pageID(id, part.Page+1)
	}
	return p
}

func pageID(id string, page int) string { return id + "?page=" + strconv.Itoa(page) }
