package httpx

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// offered is what PeerTube offers at addresses that have both a page and an ActivityPub object, in its order.
var offered = []string{
	"text/html", "application/json", "application/activity+json", "application/ld+json",
	`application/ld+json; profile="https://www.w3.org/ns/activitystreams"`,
}

// offer is a type that is offered, read once.
type offer struct {
	major, minor string
	parameters   map[string]string
}

var offers = func() (list []offer) {
	for _, text := range offered {
		kind, parameters, _ := mime.ParseMediaType(text) // constants
		major, minor, _ := strings.Cut(kind, "/")
		list = append(list, offer{major, minor, parameters})
	}
	return list
}()

// firstActivity is the place of the first ActivityPub type in offered.
const firstActivity = 2

// wish is one range of an Accept header.
type wish struct {
	kind, subtype string
	parameters    map[string]string
	quality       float64
}

// PrefersActivityPub says that a client wants the ActivityPub object rather than the page of an address. The rule is that of Express:
// quality first, then how exactly the header names a type, then the header's order, then that of the offer; whoever says nothing gets
// the page.
func PrefersActivityPub(r *http.Request) bool {
	header := strings.Join(r.Header.Values("Accept"), ",")
	switch header {
	case "", "*/*":
		return false
	case offered[2], offered[3], offered[4]: // what other instances send
		return true
	}
	wishes := parseAccept(header)
	best, bestRank := -1, rank{}
	for i, o := range offers {
		if found, ok := rankOf(o, wishes); ok && (best < 0 || found.before(bestRank)) {
			best, bestRank = i, found
		}
	}
	return best >= firstActivity
}

func parseAccept(header string) []wish {
	var wishes []wish
	for part := range strings.SplitSeq(header, ",") {
		kind, parameters, err := mime.ParseMediaType(part)
		major, minor, isType := strings.Cut(kind, "/")
		if err != nil || !isType {
			continue
		}
		w := wish{kind: major, subtype: minor, parameters: parameters, quality: 1}
		if q, given := parameters["q"]; given {
			if w.quality, err = strconv.ParseFloat(q, 64); err != nil {
				w.quality = 0
			}
			delete(parameters, "q")
		}
		wishes = append(wishes, w)
	}
	return wishes
}

// rank is how well a type is liked.
type rank struct {
	quality     float64
	specificity int
	order       int
}

func (a rank) before(b rank) bool {
	switch {
	case a.quality != b.quality:
		return a.quality > b.quality
	case a.specificity != b.specificity:
		return a.specificity > b.specificity
	}
	return a.order < b.order
}

// rankOf finds the wish that names a type most exactly.
func rankOf(o offer, wishes []wish) (best rank, found bool) {
	for i, w := range wishes {
		specificity, matches := w.matches(o.major, o.minor, o.parameters)
		if matches && (!found || specificity > best.specificity) {
			best, found = rank{w.quality, specificity, i}, true
		}
	}
	return best, found && best.quality > 0
}

func (w wish) matches(major, minor string, parameters map[string]string) (specificity int, ok bool) {
	switch w.kind {
	case major:
		specificity += 4
	case "*":
	default:
		return 0, false
	}
	switch w.subtype {
	case minor:
		specificity += 2
	case "*":
	default:
		return 0, false
	}
	names := make([]string, 0, len(w.parameters))
	for name := range w.parameters {
		names = append(names, name)
	}
	if len(names) == 0 {
		return specificity, true
	}
	isOther := func(name string) bool { return parameters[name] != w.parameters[name] }
	return specificity + 1, !slices.ContainsFunc(names, isOther)
}
